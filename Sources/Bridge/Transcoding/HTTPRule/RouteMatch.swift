/// What a route table says about a verb and a path.
public enum RouteMatch<Target: Sendable>: Sendable {
  /// A route, with the variables' values, decoded, in the order of its template.
  case found(Target, values: [String])
  /// The path is known, but not with this verb: what the `Allow` header lists, sorted. `GET` has
  /// brought `HEAD` with it, and `OPTIONS` is always there.
  case methodNotAllowed(allow: [String])
  /// No template has this path.
  case notFound
  /// The value of this variable (empty for an unnamed wildcard) is not percent-encoded UTF-8.
  case malformed(variable: String)
}
