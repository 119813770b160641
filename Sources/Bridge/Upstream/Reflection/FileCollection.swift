import FoundationEssentials
import SwiftProtobuf

/// Files of contracts as they come, until all that they import is there.
struct FileCollection {
  private struct File {
    let bytes: [UInt8]
    let imports: [String]
  }

  /// How much is taken from a server: what is more is no contract.
  struct Limits {
    var files = 10_000
    var bytes = 64 << 20
  }

  private let limits: Limits
  private var files: [String: File] = [:]
  private var total = 0
  /// Imports that have not come, and may have since.
  private var wanted: [String] = []
  private var givenUp: Set<String> = []

  init(limits: Limits = Limits()) { self.limits = limits }

  /// Adds serialized files; of two with one name the first counts.
  ///
  /// - Throws: `UpstreamError` for bytes that are no file, and for too many.
  mutating func add(_ serialized: [[UInt8]]) throws(UpstreamError) {
    for bytes in serialized {
      let file: Google_Protobuf_FileDescriptorProto
      do {
        file = try Google_Protobuf_FileDescriptorProto(serializedBytes: bytes, partial: true)
      } catch {
        throw UpstreamError(.badAnswer, "the server sent a file that is no FileDescriptorProto")
      }
      guard !file.name.isEmpty else {
        throw UpstreamError(.badAnswer, "the server sent a file without a name")
      }
      guard files[file.name] == nil else { continue }
      total += bytes.count
      guard files.count < limits.files, total <= limits.bytes else {
        throw UpstreamError(
          .tooLarge,
          "the server describes more than \(limits.files) files or \(limits.bytes) bytes")
      }
      files[file.name] = File(bytes: bytes, imports: file.dependency)
      wanted += file.dependency.reversed()
    }
  }

  /// Whether a file is there.
  func contains(_ name: String) -> Bool { files[name] != nil }

  /// An import that is not there; nil where none lacks.
  mutating func nextMissing() -> String? {
    while let name = wanted.popLast() {
      if files[name] == nil, !givenUp.contains(name) { return name }
    }
    return nil
  }

  /// The import cannot be had.
  mutating func giveUp(_ name: String) { givenUp.insert(name) }

  /// All files as one serialized `google.protobuf.FileDescriptorSet`, each behind what it imports.
  ///
  /// - Throws: `UpstreamError` where files import each other in a circle.
  func descriptorSet() throws(UpstreamError) -> [UInt8] {
    enum Step {
      case enter(String)
      case leave(String)
    }
    var set: [UInt8] = []
    set.reserveCapacity(total + files.count * 5)
    var open: Set<String> = []
    var done: Set<String> = []
    // Not by recursion: how deep files import each other is for the other server to say.
    var steps = files.keys.sorted(by: >).map(Step.enter)
    while let step = steps.popLast() {
      switch step {
      case .enter(let name):
        guard !done.contains(name), let file = files[name] else { continue }
        guard open.insert(name).inserted else {
          throw UpstreamError(.importCycle, "\(name) imports itself, maybe by other files")
        }
        steps.append(.leave(name))
        steps += file.imports.reversed().map(Step.enter)
      case .leave(let name):
        open.remove(name)
        done.insert(name)
        guard let file = files[name] else { continue }
        set.append(0x0A)  // Field 1, delimited by its length.
        var length = file.bytes.count
        while length > 0x7F {
          set.append(UInt8(length & 0x7F) | 0x80)
          length >>= 7
        }
        set.append(UInt8(length))
        set += file.bytes
      }
    }
    return set
  }

  /// The files of a serialized set, by name.
  static func files(of set: [UInt8]) throws(UpstreamError) -> [String: [UInt8]] {
    do {
      let set = try Google_Protobuf_FileDescriptorSet(serializedBytes: set, partial: true)
      var files: [String: [UInt8]] = [:]
      for file in set.file { files[file.name] = try file.serializedBytes(partial: true) }
      return files
    } catch {
      throw UpstreamError(.badAnswer, "the known files are no FileDescriptorSet")
    }
  }
}
