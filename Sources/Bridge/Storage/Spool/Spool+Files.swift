internal import Glibc

extension Spool {
  /// The most processes that share a folder.
  private static let most = 64

  /// Opens the first spool of a folder, made where it is not there, that no other process has: what a
  /// process left behind there goes on with this one.
  ///
  /// - Throws: `SpoolError` where there is none, or the disk refuses.
  public convenience init(claimedIn folder: String, limit: Int) throws(SpoolError) {
    var path = ""
    for part in folder.split(separator: "/", omittingEmptySubsequences: false) {
      path += path.isEmpty && part.isEmpty ? "/" : "\(part)/"
      guard mkdir(path, 0o700) == 0 || errno == EEXIST || errno == EROFS else {
        throw .system("the folder \(path) cannot be made", errno)
      }
    }
    // In one step: a spool that is free when it is looked at may be somebody's a moment later.
    var found: (folder: String, lock: Int32)?
    for number in 0..<Self.most where found == nil {
      let folder = "\(folder)/\(number)"
      if let lock = try Self.lock(folder) { found = (folder, lock) }
    }
    guard let found else {
      throw SpoolError(code: .taken, description: "\(folder) has no free spool")
    }
    try self.init(folder: found.folder, limit: limit, lock: found.lock)
  }

  /// The folders of the spools in a folder, whoever has them.
  public static func folders(in folder: String) -> [String] {
    (0..<most).map { "\(folder)/\($0)" }.filter { access("\($0)/lock", F_OK) == 0 }
  }

  /// Locks a spool, whose folder is made where it is not there.
  ///
  /// - Returns: the descriptor of the lock; nil where somebody else has it.
  static func lock(_ folder: String) throws(SpoolError) -> Int32? {
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw .system("the folder \(folder) cannot be made", errno)
    }
    let lock = open("\(folder)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw .system("the folder \(folder) cannot be used", errno) }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      close(lock)
      return nil
    }
    return lock
  }

  /// The files of a folder, by their numbers.
  static func segments(of folder: String) throws(SpoolError) -> [Segment] {
    guard let directory = opendir(folder) else { throw .system("opendir", errno) }
    defer { closedir(directory) }
    var segments: [Segment] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasSuffix(".spool"), let number = UInt64(name.dropLast(6)) else { continue }
      var status = stat()
      guard stat("\(folder)/\(name)", &status) == 0 else { throw .system("stat", errno) }
      segments.append(Segment(number: number, size: Int(status.st_size)))
    }
    return segments.sorted { $0.number < $1.number }
  }

  static func read(_ path: String) throws(SpoolError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system("a segment cannot be read", errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .system("a segment cannot be read", errno) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SpoolError) {
    var offset = 0
    while offset < bytes.count {
      let count = bytes[offset...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .system("a segment cannot be written", errno) }
      offset += count
    }
  }
}
