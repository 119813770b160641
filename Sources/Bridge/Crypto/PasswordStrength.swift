import CZxcvbn
import Glibc

/// How hard a password is to guess, as zxcvbn estimates it: from lists of common passwords, words and
/// names, rows of keys, dates, repetitions, and what is left.
public enum PasswordStrength {
  /// The logarithm to base 2 of the guesses that it takes.
  ///
  /// Russian letters are looked at as the keys that they lie on, too: lists of common passwords have
  /// many Russian words so, and rows of keys are rows of keys.
  ///
  /// - Parameter words: what a guesser tries first, such as the login.
  public static func bits(of password: String, besides words: [String] = []) -> Double {
    let keys = String(password.lowercased().map { Self.keys[$0] ?? $0 })
    return min(estimate(password, words), estimate(keys, words))
  }

  /// The estimate takes time in the square of the length; what is longer is not weaker.
  private static let longest = 100

  private static func estimate(_ password: String, _ words: [String]) -> Double {
    // Ours until they are freed below; zxcvbn keeps none.
    var dictionary: [UnsafePointer<CChar>?] = words.filter { !$0.isEmpty }.map {
      UnsafePointer(strdup($0))
    }
    defer { for word in dictionary { free(UnsafeMutablePointer(mutating: word)) } }
    dictionary.append(nil)
    return String(decoding: password.utf8.prefix(longest), as: UTF8.self).withCString { text in
      // Without a place for the matches it hands out no memory.
      ZxcvbnMatch(text, &dictionary, nil)
    }
  }

  private static let keys: [Character: Character] = Dictionary(
    uniqueKeysWithValues: zip(
      "йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"))
}
