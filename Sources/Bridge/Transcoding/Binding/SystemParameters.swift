/// Parameters of a query that say how a call is to be answered, and are never fields: Google's
/// system parameters (https://cloud.google.com/apis/docs/system-parameters), as far as they mean
/// something here.
///
///     $alt=json[;enum-encoding=int|string][;names=json|proto][;defaults=true|false]
///               [;int64=string|number]
///     $prettyPrint=true|false
///
/// The `$` may be left out where the message has no field of the name. `key`, `quotaUser`,
/// `userProject` and `$.xgafv` are taken and mean nothing; what would change the answer in a way that
/// is not spoken here (`fields`, `callback`, another `alt`) is an error.
struct SystemParameters {
  private(set) var print: PrintOptions = []
  private var seen: UInt16 = 0

  private enum Name: UInt16 {
    case alt, prettyPrint, fields, callback, key, quotaUser, userProject, errorFormat

    init?(_ name: Bytes) {
      if name.equals("alt") {
        self = .alt
      } else if name.equals("prettyPrint") {
        self = .prettyPrint
      } else if name.equals("fields") {
        self = .fields
      } else if name.equals("callback") {
        self = .callback
      } else if name.equals("key") {
        self = .key
      } else if name.equals("quotaUser") {
        self = .quotaUser
      } else if name.equals("userProject") {
        self = .userProject
      } else if name.equals(".xgafv") {
        self = .errorFormat
      } else {
        return nil
      }
    }
  }

  /// Takes a parameter if it is one of the system's.
  ///
  /// - Parameter ignored: called with the name of one that a lenient route passes over; nil where the
  ///   route is strict.
  /// - Returns: false where the parameter is for the message.
  /// - Throws: `invalidArgument` for one that is not spoken here, has no such value or comes twice.
  mutating func take(
    _ name: Bytes, _ value: Bytes, plan: UnsafePointer<MessagePlan>, isLenient: Bool,
    _ binder: inout TextBinder
  ) throws(TranscodingError) -> Bool {
    guard name.count > 0 else { return false }
    let isMarked = name[0] == UInt8(ascii: "$")
    let known = Name(isMarked ? name.from(1) : name)
    guard isMarked || (known != nil && known != .errorFormat && plan.pointee.names.find(name) < 0)
    else { return false }
    let shown = ParameterList.shown(name)
    guard let known else {
      try refuse(shown, "no such system parameter", "UNKNOWN_PARAMETER", isLenient, &binder)
      return true
    }
    guard seen & (1 << known.rawValue) == 0 else {
      throw .invalid(shown, "given twice", reason: "DUPLICATE_FIELD")
    }
    seen |= 1 << known.rawValue
    switch known {
    case .alt: try alt(value, shown)
    case .prettyPrint:
      if value.equals("true") {
        print.insert(.pretty)
      } else if !value.equals("false") {
        throw .invalid(shown, "must be true or false", reason: "WRONG_TYPE")
      }
    case .fields:
      try refuse(
        shown, "parts of an answer cannot be chosen", "UNSUPPORTED_PARAMETER", isLenient, &binder)
    case .callback:
      throw .invalid(shown, "JSONP is not spoken", reason: "UNSUPPORTED_PARAMETER")
    case .key, .quotaUser, .userProject, .errorFormat: break
    }
    return true
  }

  private func refuse(
    _ name: String, _ description: String, _ reason: String, _ isLenient: Bool,
    _ binder: inout TextBinder
  ) throws(TranscodingError) {
    guard isLenient else { throw .invalid(name, description, reason: reason) }
    binder.ignore(name)
  }

  private mutating func alt(_ value: Bytes, _ name: String) throws(TranscodingError) {
    guard UTF8Sequence.isValid(value) else {
      throw .invalid(name, "not UTF-8", reason: "INVALID_TEXT")
    }
    let parts = value.text.split(separator: ";", omittingEmptySubsequences: false)
    guard parts.first == "json" else {
      throw .invalid(name, "answers are json", reason: "UNSUPPORTED_PARAMETER")
    }
    var given: Set<Substring> = []
    for part in parts.dropFirst() {
      guard let key = part.split(separator: "=").first, given.insert(key).inserted else {
        throw .invalid(name, "given twice", reason: "DUPLICATE_FIELD")
      }
      switch part {
      case "enum-encoding=int": print.insert(.enumNumbers)
      case "names=proto": print.insert(.protoNames)
      case "defaults=true": print.insert(.defaults)
      case "int64=number": print.insert(.numericInt64)
      case "enum-encoding=string", "names=json", "defaults=false", "int64=string": break
      default:
        throw .invalid(
          name, "json takes enum-encoding, names, defaults and int64 only",
          reason: "UNSUPPORTED_PARAMETER")
      }
    }
  }
}
