import GeneratedDescriptors
import Transcoding

/// The contracts with their routes.
enum Routes {
  struct Route: Sendable {
    var method: MethodSchema
    var binding: HTTPBinding
    var template: PathTemplate
    var binder: RequestBinder
  }

  static let all: [Route] = {
    guard let schema = try? Schema(descriptorSet: ArtelDescriptors.descriptorSet) else {
      fatalError("the contracts do not load")
    }
    var routes: [Route] = []
    for method in schema.methods {
      for binding in method.bindings {
        guard let template = try? PathTemplate(parsing: binding.template),
          let binder = try? RequestBinder(
            method: method, binding: binding, variables: template.variables)
        else { continue }
        routes.append(
          Route(method: method, binding: binding, template: template, binder: binder))
      }
    }
    return routes
  }()

  static let table: RouteTable<Int> = {
    var builder = RouteTableBuilder<Int>()
    for (index, route) in all.enumerated() {
      // Of two contracts with the same path one is enough here.
      try? builder.add(
        method: route.binding.verb, template: route.template, target: index,
        name: route.method.path)
    }
    return builder.build()
  }()
}

/// Paths of requests, and what they bind; the same bytes as a template.
struct PathSubject: Subject {
  let name = "path"

  func seeds() -> [[UInt8]] {
    Routes.all.map { Array($0.binding.template.utf8) }
      + ["/v1/a%2Fb/c:verb", "/v1/%D0%96", "/v1/x//y", "/v1/{a=b/*/**}:c"].map { Array($0.utf8) }
  }

  func run(_ input: UnsafeBufferPointer<UInt8>) {
    let path = Array(input)
    for verb in ["GET", "POST"] {
      guard case .found(let index, let values) = Routes.table.match(method: verb, path: path.span)
      else { continue }
      let route = Routes.all[index]
      promise(values.count == route.template.variables.count, "a value for each variable")
      let facts = RequestFacts(
        verb: verb, pathValues: values, query: "",
        body: UnsafeRawBufferPointer(start: nil, count: 0),
        bodyKind: .none)
      _ = try? route.binder.bind(facts)
    }
    let text = String(decoding: path, as: UTF8.self)
    if let template = try? PathTemplate(parsing: text) {
      promise(template.text == text, "a template keeps its text")
    }
  }
}

/// Queries, on each contract's first method without a body.
struct QuerySubject: Subject {
  let name = "query"

  private static let routes = Routes.all.filter { $0.binding.body.isEmpty }

  func seeds() -> [[UInt8]] {
    [
      "page_size=5&pageToken=a%20b", "filter=%D0%96&$alt=json;enum-encoding=int", "a=1&a=2",
      "sub.name=x&tags=a&tags=b", "prettyPrint=true&fields=*", "%zz=1&=&&x",
    ].map { [0] + Array($0.utf8) }
  }

  func run(_ input: UnsafeBufferPointer<UInt8>) {
    guard let first = input.first, !QuerySubject.routes.isEmpty else { return }
    let route = QuerySubject.routes[Int(first) % QuerySubject.routes.count]
    let facts = RequestFacts(
      verb: route.binding.verb, pathValues: route.template.variables.map { _ in "x" },
      query: String(decoding: input.dropFirst(), as: UTF8.self)[...],
      body: UnsafeRawBufferPointer(start: nil, count: 0), bodyKind: .none)
    guard let bound = try? route.binder.bind(facts) else { return }
    let text = try? bound.wire.withUnsafeBytes { try route.method.input.json(fromWire: $0) }
    promise(text != nil, "a bound message can be printed")
  }
}

/// Bodies of multipart/form-data, in one piece and in small ones.
struct MultipartSubject: Subject {
  let name = "multipart"

  func seeds() -> [[UInt8]] {
    [
      "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n",
      "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\\\"y.txt\"\r\n"
        + "Content-Type: text/plain; charset=utf-8\r\n\r\nline\r\n--bx\r\n--b\r\n"
        + "Content-Disposition: form-data; name=\"g\"; filename*=UTF-8''%D0%96\r\n\r\n\r\n--b--",
    ].map { [3] + Array($0.utf8) }
  }

  func run(_ input: UnsafeBufferPointer<UInt8>) {
    guard let first = input.first else { return }
    let body = Array(input.dropFirst())
    let whole = MultipartSubject.read(body, pieces: max(body.count, 1))
    let split = MultipartSubject.read(body, pieces: Int(first % 16) + 1)
    promise(whole == split, "pieces of another size make another form")
  }

  /// The parts as texts; nil for an error.
  private static func read(_ body: [UInt8], pieces size: Int) -> [String]? {
    var parts: [String] = []
    do throws(TranscodingError) {
      var reader = try MultipartReader(
        boundary: "b", limits: MultipartLimits(parts: 20, headerBytes: 1000, partBytes: 2000))
      var start = 0
      while start < body.count {
        let end = min(start + size, body.count)
        try Array(body[start..<end]).withUnsafeBufferPointer { piece throws(TranscodingError) in
          try reader.feed(UnsafeRawBufferPointer(piece)) { event throws(TranscodingError) in
            switch event {
            case .part(let part): parts.append("\(part)|")
            case .data(let bytes):
              parts[parts.count - 1] += bytes.map { String($0) + "," }.joined()
            case .end: parts[parts.count - 1] += "end"
            }
          }
        }
        start = end
      }
      try reader.finish()
    } catch {
      return nil
    }
    return parts
  }
}
