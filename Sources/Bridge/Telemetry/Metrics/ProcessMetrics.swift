import Glibc

/// What the kernel knows of the process, by the names that every dashboard knows.
public enum ProcessMetrics {
  /// Adds them to a registry.
  ///
  /// - Parameter configuration: How it was built, such as `release`.
  public static func add(to registry: MetricRegistry, configuration: String) {
    let start = Double(WallClock.nanoseconds) / 1e9
    registry.observe(
      "process_cpu_seconds_total", "CPU time of the process.", kind: .counter
    ) {
      var usage = rusage()
      guard getrusage(RUSAGE_SELF.rawValue, &usage) == 0 else { return [] }
      return [MetricSample(seconds(usage.ru_utime) + seconds(usage.ru_stime))]
    }
    registry.observe("process_resident_memory_bytes", "Memory that the process holds.") {
      status("VmRSS:").map { [MetricSample($0 * 1_024)] } ?? []
    }
    registry.observe("process_threads", "Threads of the process.") {
      status("Threads:").map { [MetricSample($0)] } ?? []
    }
    registry.observe("process_open_fds", "Open descriptors.") {
      openDescriptors.map { [MetricSample($0)] } ?? []
    }
    registry.observe("process_max_fds", "How many descriptors may be open.") {
      var limit = rlimit()
      guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return [] }
      return [MetricSample(Double(limit.rlim_cur))]
    }
    registry.observe("process_start_time_seconds", "When the process started.") {
      [MetricSample(start)]
    }
    registry.observe("artel_build_info", "What was built; always 1.", labels: ["configuration"]) {
      [MetricSample(1, configuration)]
    }
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }

  private static var openDescriptors: Int? {
    guard let folder = opendir("/proc/self/fd") else { return nil }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    // But for `.`, `..` and the folder's own.
    return count - 3
  }

  /// A number of /proc/self/status.
  private static func status(_ name: String) -> Int? {
    let descriptor = open("/proc/self/status", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 8 << 10)
    let count = read(descriptor, &bytes, bytes.count)
    guard count > 0 else { return nil }
    let text = String(decoding: bytes[..<count], as: UTF8.self)
    guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(name) }) else {
      return nil
    }
    return Int(line.dropFirst(name.utf8.count).filter(\.isNumber))
  }
}
