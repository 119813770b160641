import COpenSSL

/// Textual encodings of keys and certificates, RFC 7468.
enum PEM {
  /// One block: what stands after BEGIN, and its content.
  struct Block {
    let label: String
    let der: [UInt8]
  }

  /// More than any chain needs; a bound for what strangers send.
  static let maximumSize = 256 * 1024

  /// All blocks of a text in order, or nil when one of them is broken or carries headers
  /// (encrypted keys of old). Line ends may be Unix's or Windows'.
  static func blocks(_ text: String) -> [Block]? {
    guard text.utf8.count <= maximumSize else { return nil }
    defer { ERR_clear_error() }
    return withBytes(text.utf8) { base, count -> [Block]? in
      guard let input = Owned(BIO_new_mem_buf(base, Int32(count)), free: { BIO_free($0) }) else {
        return nil
      }
      var blocks: [Block] = []
      while true {
        var label: UnsafeMutablePointer<CChar>?
        var header: UnsafeMutablePointer<CChar>?
        var data: UnsafeMutablePointer<UInt8>?
        var length = 0
        let read = PEM_read_bio(input.pointer, &label, &header, &data, &length)
        // libcrypto allocated the three; the content may be a private key.
        defer {
          CRYPTO_free(label, nil, 0)
          CRYPTO_free(header, nil, 0)
          CRYPTO_clear_free(data, length, nil, 0)
        }
        guard read == 1, let label, let header, let data else {
          let reason = ERR_peek_last_error() & UInt(ERR_REASON_MASK)
          return reason == UInt(PEM_R_NO_START_LINE) ? blocks : nil
        }
        guard header.pointee == 0 else { return nil }
        let der = Array(UnsafeBufferPointer(start: data, count: length))
        blocks.append(Block(label: String(cString: label), der: der))
      }
    }
  }

  /// The content of a text that holds one block with one of `labels` and nothing else.
  static func single(_ text: String, labels: Set<String>) -> [UInt8]? {
    guard let blocks = blocks(text), blocks.count == 1, labels.contains(blocks[0].label) else {
      return nil
    }
    return blocks[0].der
  }

  /// Writes a block: lines of 64 characters, Unix line ends.
  static func encode(label: String, der: [UInt8]) -> String {
    var base64 = [UInt8](repeating: 0, count: (der.count + 2) / 3 * 4 + 1)
    let length = Int(EVP_EncodeBlock(&base64, der, Int32(der.count)))
    var text = "-----BEGIN \(label)-----\n"
    for start in stride(from: 0, to: length, by: 64) {
      text += String(decoding: base64[start..<min(start + 64, length)], as: UTF8.self) + "\n"
    }
    return text + "-----END \(label)-----\n"
  }
}
