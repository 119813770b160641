/// Collects routes and refuses two that match the same requests.
public struct RouteTableBuilder<Target: Sendable>: Sendable {
  /// A node of the tree while it grows: one per distinct beginning of the templates.
  struct Node: Sendable {
    var literals: [[UInt8]: Int] = [:]
    var any: Int?
    /// The routes that end here.
    var exact: [Ending] = []
    /// The routes whose next and last segment is `**`.
    var rest: [Ending] = []
  }

  /// The routes of one node that share a verb behind the colon, or have none.
  struct Ending: Sendable {
    var verb: [UInt8]?
    /// HTTP method to the index of its route.
    var routes: [String: Int] = [:]
  }

  struct Route: Sendable {
    var target: Target
    var name: String
    var template: PathTemplate
  }

  private(set) var nodes: [Node] = [Node()]
  private(set) var routes: [Route] = []

  /// An empty builder.
  public init() {}

  /// Adds a route.
  ///
  /// - Parameters:
  ///   - method: The HTTP method, compared as it is; `*` stands for GET, HEAD, POST, PUT, PATCH and
  ///     DELETE where no route names the method itself.
  ///   - template: The path.
  ///   - target: What a match returns.
  ///   - name: What errors call the target, such as its RPC's full name.
  /// - Throws: `RouteConflict` where a route with the same method and a template of the same shape
  ///   is there already.
  public mutating func add(
    method: String, template: PathTemplate, target: Target, name: String
  ) throws(RouteConflict) {
    var node = 0
    var takesRest = false
    for segment in template.segments {
      switch segment {
      case .literal(let bytes):
        if let child = nodes[node].literals[bytes] {
          node = child
        } else {
          nodes.append(Node())
          nodes[node].literals[bytes] = nodes.count - 1
          node = nodes.count - 1
        }
      case .any:
        if let child = nodes[node].any {
          node = child
        } else {
          nodes.append(Node())
          nodes[node].any = nodes.count - 1
          node = nodes.count - 1
        }
      case .rest:
        takesRest = true
      }
    }
    let endings = takesRest ? \Node.rest : \Node.exact
    var place = nodes[node][keyPath: endings].firstIndex { $0.verb == template.verb }
    if place == nil {
      nodes[node][keyPath: endings].append(Ending(verb: template.verb))
      place = nodes[node][keyPath: endings].count - 1
    }
    guard let place else { return }
    if let other = nodes[node][keyPath: endings][place].routes[method] {
      throw RouteConflict(
        method: method, template: template.text, name: name,
        otherTemplate: routes[other].template.text, otherName: routes[other].name)
    }
    nodes[node][keyPath: endings][place].routes[method] = routes.count
    routes.append(Route(target: target, name: name, template: template))
  }

  /// The finished, immutable table.
  public func build() -> RouteTable<Target> { RouteTable(self) }
}

/// Two routes that match the same requests.
public struct RouteConflict: Error, Sendable, Hashable, CustomStringConvertible {
  /// The HTTP method of both.
  public let method: String
  /// The template that was added last, and the name of its target.
  public let template: String
  public let name: String
  /// The template that was there, and the name of its target.
  public let otherTemplate: String
  public let otherName: String

  public var description: String {
    "\(method) '\(template)' of \(name) matches the same paths as '\(otherTemplate)' of \(otherName)"
  }
}
