/// Measures the coder between JSON and protobuf's wire, beside SwiftProtobuf's own.
@main
enum CodecBench {
  static func main() {}
}
