internal import CGRPC
public import SwiftProtobuf

/// The serialized bytes of one message, in memory that the core sends without a copy.
///
/// A value shares its storage with its copies; only a value nobody shares is written to.
public struct MessageBytes: SwiftProtobufContiguousBytes, Sendable {
  /// Owns one reference to a slice and gives it back at the end.
  ///
  /// Safe: the slice is written only through `withUnsafeMutableBytes`, which first makes the
  /// storage unique; a shared storage is never written, and slices count references atomically.
  private final class Storage: @unchecked Sendable {
    var slice: grpc_slice
    init(owning slice: grpc_slice) { self.slice = slice }
    deinit { grpc_slice_unref(slice) }
  }

  private var storage: Storage

  /// Whether the message came compressed. Its bytes are inflated either way.
  public internal(set) var wasCompressed = false

  /// Takes over the caller's reference to a slice.
  init(owning slice: grpc_slice) { storage = Storage(owning: slice) }

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
    storage = Storage(owning: grpc_slice_malloc(count))
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
    // A short slice lives inside its struct: the pointer is good only while `storage` is kept.
    try withExtendedLifetime(storage) {
      try withUnsafePointer(to: &storage.slice) { slice in
        try body(
          UnsafeRawBufferPointer(start: artel_slice_start(slice), count: artel_slice_length(slice)))
      }
    }
  }

  public mutating func withUnsafeMutableBytes<R>(
    _ body: (UnsafeMutableRawBufferPointer) throws -> R
  ) rethrows -> R {
    if !isKnownUniquelyReferenced(&storage) {
      self = withUnsafeBytes { MessageBytes(copying: $0) }
    }
    return try withExtendedLifetime(storage) {
      try withUnsafeMutablePointer(to: &storage.slice) { slice in
        try body(
          UnsafeMutableRawBufferPointer(
            start: artel_slice_mutable_start(slice), count: artel_slice_length(slice)))
      }
    }
  }

  /// Where the bytes are, for as long as the value is kept.
  var start: UnsafePointer<UInt8> { artel_slice_start(&storage.slice) }

  /// Makes a byte buffer that holds its own reference to the bytes; the caller destroys it.
  func makeByteBuffer() -> OpaquePointerToByteBuffer {
    withUnsafeMutablePointer(to: &storage.slice) { grpc_raw_byte_buffer_create($0, 1) }
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
