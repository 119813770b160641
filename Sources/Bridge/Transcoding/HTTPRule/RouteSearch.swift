/// One walk through the tree. Each node is entered once at most, so the work is bounded by the
/// table, whatever the path.
struct RouteSearch {
  private let tree: RouteTree
  /// The tree's: a span of them may live as long as this.
  private let bytes: [UInt8]
  /// The indices of the method in `methods`, in the order they are tried; -1 for none.
  private let exact: Int
  private let implied: Int
  private let wildcard: Int
  /// The path ends here: before the verb's colon, or at its end.
  let end: Int
  private let verb: Range<Int>
  /// Endings that fit but for the method.
  private(set) var missed: [Int] = []

  init(tree: RouteTree, method: String, end: Int, verb: Range<Int>) {
    self.tree = tree
    bytes = tree.bytes
    self.end = end
    self.verb = verb
    exact = tree.methods.firstIndex(of: method) ?? -1
    implied = method == "HEAD" ? tree.methods.firstIndex(of: "GET") ?? -1 : -1
    switch method {
    case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE":
      wildcard = tree.methods.firstIndex(of: "*") ?? -1
    default:
      wildcard = -1
    }
  }

  /// The route below a node for what is left of the path from a slash on.
  mutating func visit(_ index: Int, at position: Int, _ path: Span<UInt8>) -> Int? {
    let node = tree.nodes[index]
    if position == end {
      return choose(node.exact, path) ?? choose(node.rest, path)
    }
    var next = position + 1
    while next < end, path[next] != UInt8(ascii: "/") { next += 1 }
    // An empty segment is neither a literal nor a `*`.
    if next > position + 1 {
      let segment = path.extracting(position + 1..<next)
      if let child = literal(node, segment), let route = visit(child, at: next, path) {
        return route
      }
      if node.any >= 0, let route = visit(node.any, at: next, path) { return route }
    }
    return choose(node.rest, path)
  }

  private func literal(_ node: RouteTree.Node, _ segment: Span<UInt8>) -> Int? {
    for index in node.edges {
      let edge = tree.edges[index]
      // A percent-encoded segment is longer than its literal, never shorter.
      guard segment.count >= edge.literal.count else { continue }
      if PercentCoding.equal(segment, bytes.span.extracting(edge.literal)) {
        return edge.child
      }
    }
    return nil
  }

  private mutating func choose(_ candidates: Range<Int>, _ path: Span<UInt8>) -> Int? {
    for index in candidates {
      let ending = tree.endings[index]
      guard ending.verb.isEmpty == verb.isEmpty,
        verb.isEmpty
          || PercentCoding.equal(
            path.extracting(verb), bytes.span.extracting(ending.verb))
      else { continue }
      if let route = route(ending, exact) ?? route(ending, implied) ?? route(ending, wildcard) {
        return route
      }
      missed.append(index)
    }
    return nil
  }

  private func route(_ ending: RouteTree.Ending, _ method: Int) -> Int? {
    guard method >= 0 else { return nil }
    for index in ending.routes where tree.methodRoutes[index].method == method {
      return tree.methodRoutes[index].route
    }
    return nil
  }
}
