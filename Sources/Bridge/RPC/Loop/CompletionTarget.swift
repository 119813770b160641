internal import CGRPC

/// Receives the completions of the batches that it started.
///
/// A batch's tag is this object's address with the kind of the batch in its low four bits, which
/// are zero in every object's address: no memory is allocated for a tag, and nothing is looked up.
/// The starter retains the object once for as long as any of its batches is under way.
class CompletionTarget {
  /// A batch of the call has ended.
  ///
  /// - Parameters:
  ///   - kind: What the batch was, as given to `tag`.
  ///   - ok: Whether its operations succeeded.
  func complete(_ kind: UInt8, ok: Bool) {
    preconditionFailure("a completion target says what a completion means")
  }

  /// The tag of a batch of a kind below 16.
  final func tag(_ kind: UInt8) -> UnsafeMutableRawPointer {
    // Unretained: the retain that keeps the object for the batch is taken apart, once per call.
    let tag = Unmanaged.passUnretained(self).toOpaque() + Int(kind)
    artel_tag_leaves(tag)
    return tag
  }

  /// Delivers a completion to the object that a tag names.
  static func deliver(_ tag: UnsafeMutableRawPointer, ok: Bool) {
    artel_tag_comes(tag)
    let address = UInt(bitPattern: tag)
    let object = UnsafeMutableRawPointer(bitPattern: address & ~15)!
    // Unretained: the object is kept by the retain that its starter took.
    Unmanaged<CompletionTarget>.fromOpaque(object).takeUnretainedValue()
      .complete(UInt8(address & 15), ok: ok)
  }
}
