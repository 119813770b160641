/// A path template of `google.api.http` (google/api/http.proto, "Path template syntax").
///
///     Template  = "/" Segments [ Verb ] ;
///     Segments  = Segment { "/" Segment } ;
///     Segment   = "*" | "**" | LITERAL | Variable ;
///     Variable  = "{" FieldPath [ "=" Segments ] "}" ;
///     FieldPath = IDENT { "." IDENT } ;
///     Verb      = ":" LITERAL ;
///
/// Beyond the grammar a template is refused where it could never match or bind: a literal `.` or
/// `..`, `**` before the end, a variable twice, or one variable inside another's message.
public struct PathTemplate: Sendable, Hashable, CustomStringConvertible {
  /// One part of a path between two slashes.
  enum Segment: Sendable, Hashable {
    /// Exactly these bytes, compared with the path's segment after percent-decoding.
    case literal([UInt8])
    /// `*`: one segment that is not empty.
    case any
    /// `**`: all that follows, nothing included. Always the last.
    case rest
  }

  /// What a `*`, a `**` or a variable takes out of the path.
  struct Capture: Sendable, Hashable {
    /// The field path of the variable; nil for a wildcard outside of a variable.
    var variable: String?
    /// The segments it spans, counted from 0.
    var segments: Range<Int>
    /// Whether the last of the segments is `**`.
    var takesRest: Bool
    /// Whether it spans more than one segment, so that an encoded slash stays encoded.
    var isMultiSegment: Bool
  }

  /// The template as written.
  public let text: String
  let segments: [Segment]
  let captures: [Capture]
  /// The bytes behind the colon, percent-decoded; nil without a verb.
  let verb: [UInt8]?
  /// Whether a variable of several segments has its encoded slashes decoded too: what http.proto
  /// calls `fully_decode_reserved_expansion`.
  public let decodesReserved: Bool

  /// Reads a template.
  ///
  /// - Parameters:
  ///   - text: the template.
  ///   - decodesReserved: whether `%2F` in a variable of several segments becomes a slash, which
  ///     then cannot be told from those between the segments.
  /// - Throws: `PathTemplateError` with the column of the fault.
  public init(
    parsing text: String, decodesReserved: Bool = false
  ) throws(PathTemplateError) {
    self.decodesReserved = decodesReserved
    var parser = PathTemplateParser(text)
    try parser.parse()
    self.text = text
    self.segments = parser.segments
    self.captures = parser.captures
    self.verb = parser.verb
  }

  /// The field paths of the variables, in the order of the template.
  public var variables: [String] { captures.compactMap(\.variable) }

  public var description: String { text }
}
