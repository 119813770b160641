/// The operations of a document as a collection of Postman (v2.1), a folder for each service.
struct PostmanCollection {
  let document: JSONValue

  private static let verbs = ["get", "put", "post", "delete", "patch", "head", "options", "trace"]

  /// The collection.
  var value: JSONValue {
    let info = document.members?["info"]?.members
    var folders = JSONObject()
    if case .array(let tags)? = document.members?["tags"] {
      for case .object(let tag) in tags {
        guard let name = tag["name"]?.text else { continue }
        var folder: JSONObject = ["name": .string(name)]
        folder["description"] = tag["description"]
        folders.append(name, .object(folder))
      }
    }
    var items: [String: [JSONValue]] = [:]
    for (path, item) in document.members?["paths"]?.members?.members ?? [] {
      for verb in Self.verbs {
        guard let operation = item.members?[verb]?.members else { continue }
        guard case .array(let tags)? = operation["tags"], let tag = tags.first?.text else {
          continue
        }
        // A collection of requests has no WebSockets.
        guard operation["x-websocket"] == nil else { continue }
        items[tag, default: []].append(request(verb, path, operation))
      }
    }
    let listed: [JSONValue] = folders.members.map { folder in
      var object = folder.value.members ?? JSONObject()
      object["item"] = .array(items[folder.name] ?? [])
      return .object(object)
    }
    var described: JSONObject = [
      "name": info?["title"] ?? "",
      "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
    ]
    described["description"] = info?["description"]
    return [
      "info": .object(described),
      "item": .array(listed),
      "auth": [
        "type": "bearer",
        "bearer": [["key": "token", "value": "{{token}}", "type": "string"]],
      ],
      "variable": .array(
        [
          ["key": "baseUrl", "value": .string(baseURL), "type": "string"],
          ["key": "token", "value": "", "type": "string"],
        ] + namedInSegments),
    ]
  }

  /// The parameters of paths that have a verb behind them: Postman knows them by the collection.
  private var namedInSegments: [JSONValue] {
    var variables = JSONObject()
    for (path, item) in document.members?["paths"]?.members?.members ?? [] {
      for verb in Self.verbs {
        guard case .array(let parameters)? = item.members?[verb]?.members?["parameters"] else {
          continue
        }
        for case .object(let parameter) in parameters where parameter["in"] == "path" {
          guard let name = parameter["name"]?.text, path.contains("{\(name)}:"),
            variables[name] == nil
          else { continue }
          variables.append(
            name, ["key": .string(name), "value": value(parameter), "type": "string"])
        }
      }
    }
    return variables.members.map(\.value)
  }

  private var baseURL: String {
    guard case .array(let servers)? = document.members?["servers"],
      let url = servers.first?.members?["url"]?.text, url != "/"
    else { return "http://127.0.0.1:8080" }
    return url
  }

  private func request(_ verb: String, _ path: String, _ operation: JSONObject) -> JSONValue {
    var request = JSONObject()
    request["method"] = .string(verb.uppercased())
    request["description"] = operation["description"]
    if operation["security"] == .array([]) { request["auth"] = ["type": "noauth"] }
    var headers: [JSONValue] = []
    var query: [JSONValue] = []
    var variables: [JSONValue] = []
    if case .array(let parameters)? = operation["parameters"] {
      for case .object(let parameter) in parameters {
        guard let name = parameter["name"]?.text else { continue }
        var entry: JSONObject = ["key": .string(name), "value": value(parameter)]
        entry["description"] = parameter["description"]
        switch parameter["in"]?.text {
        case "path" where path.contains("{\(name)}:"): break
        case "path": variables.append(.object(entry))
        case "header", "query":
          if parameter["required"] != true { entry["disabled"] = true }
          if parameter["in"] == "query" {
            query.append(.object(entry))
          } else {
            headers.append(.object(entry))
          }
        default: break
        }
      }
    }
    if let (type, body) = body(operation) {
      if let type { headers.append(["key": "Content-Type", "value": .string(type)]) }
      request["body"] = body
    }
    request["header"] = .array(headers)
    request["url"] = url(path, query, variables)
    return [
      "name": operation["summary"] ?? operation["operationId"] ?? "", "request": .object(request),
    ]
  }

  private func value(_ parameter: JSONObject) -> JSONValue {
    text(parameter["example"])
  }

  private func text(_ value: JSONValue?) -> JSONValue {
    switch value {
    case .string(let text): .string(text)
    case .integer(let number): .string(String(number))
    case .bool(let value): .string(value ? "true" : "false")
    default: ""
    }
  }

  /// Postman writes a parameter of the path as `:name`; one with a verb behind it as a variable.
  private func url(
    _ path: String, _ query: [JSONValue], _ variables: [JSONValue]
  ) -> JSONValue {
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map {
      segment -> String in
      segment.hasPrefix("{") && segment.hasSuffix("}")
        ? ":\(segment.dropFirst().dropLast())"
        : String(segment.replacing("{", with: "{{").replacing("}", with: "}}"))
    }
    var url: JSONObject = [
      "raw": .string("{{baseUrl}}/" + segments.joined(separator: "/")),
      "host": ["{{baseUrl}}"], "path": .strings(segments),
    ]
    if !query.isEmpty { url["query"] = .array(query) }
    if !variables.isEmpty { url["variable"] = .array(variables) }
    return .object(url)
  }

  private func body(_ operation: JSONObject) -> (type: String?, body: JSONValue)? {
    guard let content = operation["requestBody"]?.members?["content"]?.members else { return nil }
    if let media = content["application/json"]?.members {
      let example = media["example"] ?? [:]
      return (
        "application/json",
        [
          "mode": "raw", "raw": .string(String(decoding: JSONWriter.bytes(example), as: UTF8.self)),
          "options": ["raw": ["language": "json"]],
        ]
      )
    }
    if let media = content["application/x-www-form-urlencoded"]?.members {
      let fields = media["schema"]?.members?["properties"]?.members?.members ?? []
      return (
        nil,
        [
          "mode": "urlencoded",
          "urlencoded": .array(
            fields.map { field in
              ["key": .string(field.name), "value": text(media["example"]?.members?[field.name])]
            }),
        ]
      )
    }
    return (nil, ["mode": "file", "file": [:]])
  }
}
