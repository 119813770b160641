/// Arrays of C strings, ended by nil, for the duration of a call.
enum CStrings {
  static func with<Result>(
    _ strings: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
  ) -> Result {
    var block: [CChar] = []
    var offsets: [Int?] = []
    for string in strings {
      offsets.append(string == nil ? nil : block.count)
      if let string { block += string.utf8CString }
    }
    // Pointers into `block` live until `body` returns.
    return block.withUnsafeBufferPointer { block in
      var pointers = offsets.map { offset in
        offset.flatMap { offset in block.baseAddress.map { $0 + offset } }
      }
      pointers.append(nil)
      return body(pointers)
    }
  }
}
