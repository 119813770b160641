internal import CGRPC
public import SwiftProtobuf
internal import Synchronization

/// The serialized bytes of one message, in memory that the core sends without a copy.
///
/// A value shares its storage with its copies, and its bytes with the core that sends them or has
/// received them; only bytes that nobody else has are written to.
public struct MessageBytes: SwiftProtobufContiguousBytes, Sendable {
  /// Owns one reference to a slice and gives it back at the end.
  ///
  /// Safe: the slice is written only through `withUnsafeMutableBytes`, by the only owner of a
  /// storage whose bytes the core does not have; and slices count references atomically.
  private final class Storage: @unchecked Sendable {
    var slice: grpc_slice
    /// Whether the core may have a reference to the bytes too. Once it may, it may for good.
    let isLent: Atomic<Bool>

    init(owning slice: grpc_slice, isLent: Bool) {
      self.slice = slice
      self.isLent = Atomic(isLent)
    }

    deinit { grpc_slice_unref(slice) }
  }

  private var storage: Storage

  /// Whether the message came compressed. Its bytes are inflated either way.
  public package(set) var wasCompressed = false

  /// Takes over the caller's reference to a slice that came from the core.
  init(received slice: grpc_slice) { storage = Storage(owning: slice, isLent: true) }

  /// Takes over the only reference to a slice.
  private init(owning slice: grpc_slice) { storage = Storage(owning: slice, isLent: false) }

  /// Copies bytes.
  public init(copying bytes: UnsafeRawBufferPointer) {
    // The new slice is owned by the storage.
    let slice =
      bytes.isEmpty
      ? grpc_empty_slice() : grpc_slice_from_copied_buffer(bytes.baseAddress!, bytes.count)
    self.init(owning: slice)
  }

  public init(repeating byte: UInt8, count: Int) {
    // The new slice is owned by the storage; `count` bytes of it are ours to write.
    self.init(owning: grpc_slice_malloc(count))
    unsafe memset(artel_slice_mutable_start(&storage.slice), Int32(byte), count)
  }

  public init<S: Sequence>(_ sequence: S) where S.Element == UInt8 {
    let copied: MessageBytes? = sequence.withContiguousStorageIfAvailable {
      MessageBytes(copying: UnsafeRawBufferPointer($0))
    }
    self = copied ?? Array(sequence).withUnsafeBytes { MessageBytes(copying: $0) }
  }

  public var count: Int { artel_slice_length(&storage.slice) }

  public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    // Read before the body runs, which may look at the same value. A short slice lives inside its
    // struct: the pointer is good only while `storage` is kept.
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    return try withExtendedLifetime(storage) { try body(bytes) }
  }

  public mutating func withUnsafeMutableBytes<R>(
    _ body: (UnsafeMutableRawBufferPointer) throws -> R
  ) rethrows -> R {
    if !isOurs { self = withUnsafeBytes { MessageBytes(copying: $0) } }
    let bytes = UnsafeMutableRawBufferPointer(
      start: artel_slice_mutable_start(&storage.slice), count: count)
    return try withExtendedLifetime(storage) { try body(bytes) }
  }

  /// Whether nobody else has the bytes.
  private var isOurs: Bool {
    mutating get {
      guard isKnownUniquelyReferenced(&storage) else { return false }
      // What another owner did, such as to lend the bytes, it did before it let the storage go.
      atomicMemoryFence(ordering: .acquiring)
      return !storage.isLent.load(ordering: .relaxed)
    }
  }

  /// Where the bytes are, for as long as the value is kept.
  var start: UnsafePointer<UInt8> { artel_slice_start(&storage.slice) }

  /// Makes a byte buffer that holds its own reference to the bytes; the caller destroys it.
  func makeByteBuffer() -> OpaquePointerToByteBuffer {
    storage.isLent.store(true, ordering: .relaxed)
    return withUnsafeMutablePointer(to: &storage.slice) { grpc_raw_byte_buffer_create($0, 1) }
  }
}

typealias OpaquePointerToByteBuffer = UnsafeMutablePointer<grpc_byte_buffer>

extension MessageBytes {
  /// Serializes a message straight into a slice.
  ///
  /// - Throws: `RPCError` with `.internalError` where the message cannot be serialized.
  public init(serializing message: some Message) throws {
    do {
      self = try message.serializedBytes()
    } catch {
      throw RPCError(code: .internalError, message: "the message cannot be serialized")
    }
  }

  /// Parses a message straight from the slice.
  ///
  /// - Parameter code: What a message that is not one is blamed on: the caller's request, unless it
  ///   says otherwise.
  /// - Throws: `RPCError` with `code` where the bytes are not such a message.
  public func decode<M: Message>(
    _ type: M.Type, failing code: RPCError.Code = .invalidArgument
  ) throws -> M {
    do {
      return try M(serializedBytes: self)
    } catch {
      throw RPCError(
        code: code, message: "the message is not a \(M.protoMessageName)")
    }
  }
}
