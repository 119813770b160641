internal import CGRPC

/// How many connections the process has descriptors for.
package enum DescriptorLimit {
  /// What everything but connections needs: databases, files, the core itself.
  private static let reserve = 256

  /// Raises the process's limit of open descriptors as far as it may for a number of connections.
  ///
  /// - Parameter each: How many descriptors a connection takes.
  /// - Returns: How many connections there may be: the wanted number, or fewer where the limit of
  ///   the process stays below.
  package static func connections(wanted: Int, each: Int) -> Int {
    let limit = Int(artel_raise_descriptor_limit(Int64(wanted * each + reserve)))
    guard limit > 0 else { return wanted }
    return connections(wanted: wanted, each: each, limit: limit)
  }

  static func connections(wanted: Int, each: Int, limit: Int) -> Int {
    min(wanted, max(1, (limit - min(reserve, limit / 2)) / each))
  }
}
