import COpenSSL

/// Lends bytes to C; the pointer is never null, also where there are none.
func withBytes<R>(
  _ bytes: some Collection<UInt8>, _ body: (UnsafePointer<UInt8>, Int) -> R
) -> R {
  func lend(_ buffer: UnsafeBufferPointer<UInt8>) -> R {
    if let base = buffer.baseAddress, buffer.count > 0 { return body(base, buffer.count) }
    return withUnsafePointer(to: 0 as UInt8) { body($0, 0) }
  }
  if let result = bytes.withContiguousStorageIfAvailable(lend) { return result }
  return Array(bytes).withUnsafeBufferPointer(lend)
}

/// The DER encoding that an `i2d_…` function writes, or nil when it fails.
func encodedDER(
  _ write: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
) -> [UInt8]? {
  let size = write(nil)
  guard size > 0 else { return nil }
  return [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
    var cursor = buffer.baseAddress
    count = max(0, Int(write(&cursor)))
  }
}

/// Reads the whole of `der` with a `d2i_…` function; nil when it is not one complete value.
func decodedDER(
  _ der: [UInt8],
  _ read: (UnsafeMutablePointer<UnsafePointer<UInt8>?>, Int) -> OpaquePointer?,
  free: @escaping (OpaquePointer?) -> Void
) -> Owned? {
  var rest = 0
  let object = withBytes(der) { base, count -> OpaquePointer? in
    var cursor: UnsafePointer<UInt8>? = base
    let object = read(&cursor, count)
    rest = cursor.map { count - (UnsafePointer(base).distance(to: $0)) } ?? count
    return object
  }
  guard let owned = Owned(object, free: free), rest == 0 else { return nil }
  return owned
}

/// The bytes of an ASN1_STRING of any type.
func contents(ofASN1String string: UnsafePointer<ASN1_STRING>) -> [UInt8] {
  let length = Int(ASN1_STRING_length(string))
  guard length > 0, let base = ASN1_STRING_get0_data(string) else { return [] }
  return Array(UnsafeBufferPointer(start: base, count: length))
}
