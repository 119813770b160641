import Mutation
import Transcoding

/// Where the values of a message's fields stand, of all its parts: a message that comes more than once
/// in a field that holds one is merged of them.
struct FieldOccurrences {
  /// Where one value stands: of a length-delimited field its content.
  struct Place {
    let start: UInt32
    let end: UInt32
    /// Whether it is a list of numbers.
    let isPacked: Bool

    var range: Range<Int> { Int(start)..<Int(end) }
  }

  /// By the field's index in the plan.
  private(set) var places: [[Place]]

  init(
    of message: RedactionPlan.Message, in bytes: UnsafeRawBufferPointer, _ parts: [Range<Int>]
  ) throws(MalformedWire) {
    places = Array(repeating: [], count: message.fields.count)
    for part in parts {
      var reader = WireReader(bytes, part)
      while !reader.isAtEnd {
        let (number, type) = try reader.tag()
        guard let index = message.indexes[number], message.fields[index].takes(type) else {
          try reader.skip(type, number: number)
          continue
        }
        add(try Self.place(number, type, message.fields[index], &reader), index, message)
      }
    }
  }

  private static func place(
    _ number: Int, _ type: WireType, _ field: RedactionPlan.Field, _ reader: inout WireReader
  ) throws(MalformedWire) -> Place {
    let range: Range<Int>
    if type == .lengthDelimited {
      range = try reader.content()
    } else {
      let start = reader.offset
      try reader.skip(type, number: number)
      range = start..<reader.offset
    }
    // A message is far shorter than 4 GiB.
    return Place(
      start: UInt32(range.lowerBound), end: UInt32(range.upperBound),
      isPacked: type == .lengthDelimited && field.kind.wireType != .lengthDelimited)
  }

  private mutating func add(_ place: Place, _ index: Int, _ message: RedactionPlan.Message) {
    let field = message.fields[index]
    if let oneof = field.oneof {
      // The last member that came is the one that is set.
      for other in message.oneofs[oneof] where other != index { places[other] = [] }
    }
    let merges = field.kind == .message && !Mutation.isOn(.keepsLastMessages)
    if field.isRepeated || merges {
      places[index].append(place)
    } else {
      places[index] = [place]
    }
  }
}

extension RedactionPlan.Field {
  /// Whether a value of the field may be written so.
  fileprivate func takes(_ type: WireType) -> Bool {
    type == kind.wireType || isRepeated && type == .lengthDelimited
  }
}
