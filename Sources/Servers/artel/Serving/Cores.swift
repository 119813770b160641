#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a fault leaves behind: opened values and keys are in memory, and a core would have them.
enum Cores {
  /// Has no core written of this process, whatever its environment allows.
  ///
  /// - Throws: `SettingsError` where the system refuses.
  static func forbid() throws {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    guard setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) == 0 else {
      throw SettingsError(problems: ["cores cannot be switched off: errno \(errno)"])
    }
  }
}
