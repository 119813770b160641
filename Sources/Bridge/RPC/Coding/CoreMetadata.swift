internal import CGRPC

/// Metadata as the core wants it: slices that live until the batch has started.
///
/// The core takes its own references to values and copies keys inside `grpc_call_start_batch`, so
/// everything here is released as soon as that returned.
struct CoreMetadata: ~Copyable {
  private(set) var pairs: UnsafeMutablePointer<grpc_metadata>?
  private(set) var count = 0

  /// Copies pairs into slices that this value owns.
  ///
  /// - Parameter compressed: Whether the core is told to compress a call's requests.
  init(_ metadata: Metadata, compressed: Bool = false) {
    let total = metadata.count + (compressed ? 1 : 0)
    guard total > 0 else { return }
    let pairs = UnsafeMutablePointer<grpc_metadata>.allocate(capacity: total)
    if compressed {
      var pair = grpc_metadata()
      pair.key = Self.slice(GRPC_COMPRESSION_REQUEST_ALGORITHM_MD_KEY)
      pair.value = Self.slice("gzip")
      pairs.initialize(to: pair)
      count = 1
    }
    for (key, value) in metadata {
      var pair = grpc_metadata()
      pair.key = Self.slice(key)
      pair.value =
        switch value {
        case .string(let text): Self.slice(text)
        case .binary(let bytes): bytes.withUnsafeBytes(Self.slice)
        }
      (pairs + count).initialize(to: pair)
      count += 1
    }
    self.pairs = pairs
  }

  deinit {
    guard let pairs else { return }
    for index in 0..<count {
      grpc_slice_unref(pairs[index].key)
      grpc_slice_unref(pairs[index].value)
    }
    pairs.deallocate()
  }

  /// Copies text into a slice that the caller owns.
  static func slice(_ text: String) -> grpc_slice {
    var text = text
    return text.withUTF8 { slice(UnsafeRawBufferPointer($0)) }
  }

  private static func slice(_ bytes: UnsafeRawBufferPointer) -> grpc_slice {
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return grpc_empty_slice() }
    return grpc_slice_from_copied_buffer(start, bytes.count)
  }
}

extension Metadata {
  /// Copies received metadata; the elements belong to the call and are only read here.
  init(received array: grpc_metadata_array) {
    self.init()
    guard array.count > 0 else { return }
    reserveCapacity(array.count)
    for index in 0..<array.count {
      let key = String(slice: &array.metadata[index].key)
      let value = Self.bytes(&array.metadata[index].value)
      if key.utf8.count > 4 && key.utf8.suffix(4).elementsEqual("-bin".utf8) {
        append(verified: key, .binary([UInt8](value)))
      } else {
        append(verified: key, .string(String(decoding: value, as: UTF8.self)))
      }
    }
  }

  private static func bytes(_ slice: UnsafeMutablePointer<grpc_slice>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: artel_slice_start(slice), count: artel_slice_length(slice))
  }
}

extension String {
  /// Copies a slice's bytes as UTF-8, repairing what is not.
  init(slice: UnsafeMutablePointer<grpc_slice>) {
    self.init(
      decoding: UnsafeRawBufferPointer(
        start: artel_slice_start(slice), count: artel_slice_length(slice)),
      as: UTF8.self)
  }
}
