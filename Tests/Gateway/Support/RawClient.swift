import Foundation
import Glibc

/// A TCP client that sends exactly the bytes it is given: malformed HTTP included.
final class RawClient {
  struct Timeout: Error {}
  struct Closed: Error {}

  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private var ended = false
  /// The peer has ended the connection in the middle.
  private(set) var wasReset = false

  init(port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var timeout = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    var now: Int32 = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &now, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
  }

  deinit { disconnect() }

  func disconnect() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
  }

  /// Sends text as it is. A peer that has closed already is found out by the next read.
  func send(_ text: String) { send(Array(text.utf8)) }

  /// - Returns: Whether the peer let all of it come.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Sends a request with a `Host`, and reads its response.
  func exchange(
    _ method: String, _ target: String, _ headers: [String] = [], body: String? = nil
  ) throws -> Response {
    send(method, target, headers, body: body)
    return try response(isHead: method == "HEAD")
  }

  func send(
    _ method: String, _ target: String, _ headers: [String] = [], body: String? = nil
  ) {
    var lines = ["\(method) \(target) HTTP/1.1", "Host: localhost"] + headers
    if let body { lines.append("Content-Length: \(body.utf8.count)") }
    send(lines.map { $0 + "\r\n" }.joined() + "\r\n" + (body ?? ""))
  }

  /// Reads one response, with its whole body.
  func response(isHead: Bool = false) throws -> Response {
    var response = try head()
    if isHead || [100, 204, 304].contains(response.status) { return response }
    if response["transfer-encoding"] == "chunked" {
      while let chunk = try chunk() { response.body += chunk }
    } else if let length = response["content-length"].flatMap(Int.init) {
      response.body = try take(length)
    } else {
      response.body = try rest()
    }
    return response
  }

  /// Reads a response head.
  func head() throws -> Response {
    var lines: [String] = []
    while true {
      let line = try line()
      if line.isEmpty { break }
      lines.append(line)
    }
    return Response(lines)
  }

  /// Reads a chunk; nil for the last.
  func chunk() throws -> [UInt8]? {
    let size = Int(try line(), radix: 16) ?? 0
    let bytes = try take(size)
    _ = try line()
    return size == 0 ? nil : bytes
  }

  /// Reads a chunk as text.
  func textChunk() throws -> String? { try chunk().map { String(decoding: $0, as: UTF8.self) } }

  /// That many bytes; nil where the connection ends before them.
  func bytes(_ count: Int) throws -> [UInt8]? {
    while buffer.count < count {
      guard try fill() else { return nil }
    }
    defer { buffer.removeFirst(count) }
    return Array(buffer[..<count])
  }

  /// Everything up to the end of the connection.
  func rest() throws -> [UInt8] {
    while try fill() {}
    defer { buffer = [] }
    return buffer
  }

  /// Reads bytes and keeps none; returns how many came before the end of the connection.
  func skip(upTo count: Int) -> Int {
    var left = count - buffer.count
    buffer = []
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    while left > 0 {
      let received = recv(descriptor, &bytes, min(bytes.count, left), 0)
      guard received > 0 else { break }
      left -= received
    }
    return count - max(0, left)
  }

  /// Whether the peer closes without another byte.
  func isClosed() throws -> Bool { try rest().isEmpty }

  private func line() throws -> String {
    while true {
      if let end = buffer.firstIndex(of: 0x0A) {
        let line = buffer[..<end]
        buffer.removeFirst(end + 1)
        return String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
      }
      guard try fill() else { throw Closed() }
    }
  }

  /// Reads that many bytes.
  func take(_ count: Int) throws -> [UInt8] {
    while buffer.count < count {
      guard try fill() else { throw Closed() }
    }
    defer { buffer.removeFirst(count) }
    return Array(buffer[..<count])
  }

  private func fill() throws -> Bool {
    guard !ended else { return false }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    if count < 0, errno == EAGAIN || errno == EWOULDBLOCK { throw Timeout() }
    // A reset is an end, too.
    if count < 0, errno == ECONNRESET { wasReset = true }
    guard count > 0 else {
      ended = true
      return false
    }
    buffer += bytes[..<count]
    return true
  }
}

/// An HTTP response.
struct Response {
  let statusLine: String
  let headers: [(name: String, value: String)]
  var body: [UInt8] = []

  init(_ lines: [String]) {
    statusLine = lines.first ?? ""
    headers = lines.dropFirst().map { line in
      let colon = line.firstIndex(of: ":") ?? line.endIndex
      return (
        line[..<colon].lowercased(),
        line[colon...].dropFirst().trimmingCharacters(in: .whitespaces)
      )
    }
  }

  var status: Int { Int(statusLine.split(separator: " ").dropFirst().first ?? "") ?? 0 }

  var text: String { String(decoding: body, as: UTF8.self) }

  subscript(name: String) -> String? { headers.first { $0.name == name }?.value }

  /// A value of the JSON body, as text: `json("error", "code")`.
  func json(_ path: String...) -> String? { JSON(body).value(path) }
}

/// A JSON text, to look into.
struct JSON {
  private let root: Any?

  init(_ bytes: [UInt8]) {
    root = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
  }

  init(_ text: String) { self.init(Array(text.utf8)) }

  var isValid: Bool { root != nil }

  func value(_ path: String...) -> String? { value(path) }

  func value(_ path: [String]) -> String? {
    var value = root
    for step in path {
      if let list = value as? [Any], let index = Int(step) {
        value = list.indices.contains(index) ? list[index] : nil
      } else {
        value = (value as? [String: Any])?[step]
      }
    }
    return value.map { "\($0)" }
  }
}
