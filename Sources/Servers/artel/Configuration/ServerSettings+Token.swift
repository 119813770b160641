import Configuration
import HardwareKeys

extension ServerSettings {
  /// Where a token's key is; nil where nothing says so.
  static func tokenKey(
    _ config: ConfigReader, _ scope: ConfigKey, _ names: String, problems: inout [String]
  ) -> TokenKeyEncryption.Location? {
    let own = config.scoped(to: scope)
    switch (
      own.string(forKey: "module"), own.string(forKey: "token"), own.string(forKey: "key")
    ) {
    case (nil, nil, nil): return nil
    case (let module?, let token?, let key?):
      return .init(module: module, token: token, key: key)
    default:
      problems.append("\(names) belong together")
      return nil
    }
  }
}
