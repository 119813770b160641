import SwiftProtobuf

/// Descriptor sets of several origins as one.
public struct DescriptorSets: Sendable, Hashable {
  /// A serialized `google.protobuf.FileDescriptorSet` in which each file is once, imports first.
  public let merged: [UInt8]
  /// Files that two sets have with different contents, comments aside; the first is in `merged`.
  public let differing: [String]

  /// Joins serialized sets. Sets that were made apart often share files, such as
  /// `google/api/annotations.proto`: of two files with one name the first counts.
  ///
  /// - Parameters:
  ///   - names: What each set is called in messages.
  ///   - known: A serialized set of which files are added whose types the others do not define,
  ///     under whatever file names: so that `google.rpc.ErrorInfo` can be shown to callers of a
  ///     server that never mentions it in its contracts.
  /// - Throws: `UpstreamError` with `.badAnswer` for bytes that are no descriptor set.
  public init(
    joining sets: [[UInt8]], names: [String], adding known: [UInt8] = []
  ) throws(UpstreamError) {
    var joined = Joined()
    for (set, name) in zip(sets, names) {
      for file in try Self.files(set, name) { try joined.add(file, from: name) }
    }
    for file in try Self.files(known, "the known set")
    where joined.types.isDisjoint(with: file.types) {
      try joined.add(file, from: "the known set")
    }
    merged = try joined.files.descriptorSet()
    differing = joined.differing.sorted()
  }

  /// The files of a serialized set that are named, and all that they import.
  ///
  /// - Throws: `UpstreamError` where the set is none, or lacks a file.
  public static func part(
    of set: [UInt8], files names: [String]
  ) throws(UpstreamError) -> [UInt8] {
    let all = try FileCollection.files(of: set)
    var part = FileCollection()
    var pending = names
    repeat {
      for name in pending {
        guard let file = all[name] else {
          throw UpstreamError(.badAnswer, "the set lacks \(name)")
        }
        try part.add([file])
      }
      pending = part.nextMissing().map { [$0] } ?? []
    } while !pending.isEmpty
    return try part.descriptorSet()
  }

  private static func files(
    _ set: [UInt8], _ name: String
  ) throws(UpstreamError) -> [Google_Protobuf_FileDescriptorProto] {
    do {
      return try Google_Protobuf_FileDescriptorSet(serializedBytes: set, partial: true).file
    } catch {
      throw UpstreamError(.badAnswer, "\(name) is no google.protobuf.FileDescriptorSet")
    }
  }

  private struct Joined {
    var files = FileCollection(limits: .init(files: .max, bytes: .max))
    var types: Set<String> = []
    var differing: Set<String> = []
    private var seen: [String: Google_Protobuf_FileDescriptorProto] = [:]

    mutating func add(
      _ file: Google_Protobuf_FileDescriptorProto, from name: String
    ) throws(UpstreamError) {
      var plain = file
      plain.clearSourceCodeInfo()
      if let first = seen[file.name] {
        if first != plain { differing.insert(file.name) }
        return
      }
      seen[file.name] = plain
      types.formUnion(file.types)
      do {
        try files.add([try file.serializedBytes(partial: true)])
      } catch {
        throw UpstreamError(.badAnswer, "\(name): \(error)")
      }
    }
  }
}

extension Google_Protobuf_FileDescriptorProto {
  /// The full names of what the file defines, nested types aside.
  fileprivate var types: Set<String> {
    Set(
      (messageType.map(\.name) + enumType.map(\.name) + service.map(\.name)).map {
        package.isEmpty ? $0 : "\(package).\($0)"
      })
  }
}
