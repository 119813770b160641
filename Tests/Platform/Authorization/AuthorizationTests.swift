import GeneratedAuth
import LibCrypto
import Pipeline
import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("The authorization endpoint")
struct AuthorizationTests {
  @Test(
    "sends who has signed in to the app, with a code, the state and the issuer", .covers("S-C22"))
  func code() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let location = try await world.complete(try await world.waiting())
      #expect(location.hasPrefix("https://app.example/back?code=aac_"))
      let answer = try AppWorld.answer(location)
      #expect(answer["state"] == "s t/1")
      #expect(answer["iss"] == "https://alpha.artel.localhost")
      #expect(answer.count == 3)
    }
  }

  @Test("sends everybody else to sign in first, with 303", .covers("S-C22"))
  func signIn() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let response = try await world.endpoint.server.authorization.authorize(
        request: ServerRequest(metadata: [:], message: AppWorld.request),
        context: world.endpoint.context())
      #expect(response.metadata.first("artel-http-status") == "303")
      let location = try #require(response.metadata.first("location"))
      #expect(location.hasPrefix("/sign-in#authorization=aar_"))
      #expect(location.hasSuffix("&tenant=alpha"))
      let silent = try AppWorld.answer(try await world.authorize { $0.prompt = "none" })
      #expect(silent["error"] == "login_required")
      #expect(silent["state"] == "s t/1")
    }
  }

  @Test("completes a request once, within half an hour, in its own tenant, for an app that lives")
  func completion() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let beta = try await fixture.tenant("beta")
      let name = try await world.waiting()
      await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
        _ = try await world.endpoint.server.authorization.complete(
          name, by: try await world.anna(), of: beta, deadline: .now + .seconds(30))
      }
      _ = try await world.complete(name)
      for ended in [name, "", "aar_x"] {
        await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
          _ = try await world.complete(ended)
        }
      }
      let late = try await world.waiting()
      world.clock.advance(1800)
      await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
        _ = try await world.complete(late)
      }
      let orphan = try await world.waiting()
      try await fixture.administration.setClientDisabled(true, of: "app", in: world.tenant)
      await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
        _ = try await world.complete(orphan)
      }
    }
  }

  @Test("goes nowhere for a client or a redirect URI that is not known", .covers("S-C22"))
  func unknownPlaces() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      _ = try await fixture.administration.createClient(
        "console", kind: .service, scopes: [], in: world.tenant)
      for uri in [
        "", "https://app.example/back/", "https://app.example/back?x=1", "https://app.example/",
        "https://APP.example/back", "https://app.example:443/back", "https://app.example/back#f",
        "https://evil.example/back", "https://app.example@evil.example/back",
        "https://app.example/back%2f..", "javascript:alert(1)", "//app.example/back",
        "http://app.example/back", "http://127.0.0.1/back",
      ] {
        await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
          _ = try await world.authorize { $0.redirectUri = uri }
        }
      }
      for client in ["", "nobody", "console", "a\u{0}b"] {
        await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
          _ = try await world.authorize { $0.clientID = client }
        }
      }
      try await fixture.administration.setClientDisabled(true, of: "app", in: world.tenant)
      await expectRefusal(.invalidArgument, "INVALID_REQUEST") { _ = try await world.authorize() }
    }
  }

  @Test("takes another port of a loopback address, and nothing else of it", .covers("S-C22"))
  func loopback() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      for uri in ["http://127.0.0.1/back", "http://127.0.0.1:51234/back"] {
        let name = try await world.waiting {
          $0.clientID = "web"
          $0.redirectUri = uri
        }
        let location = try await world.complete(name)
        #expect(location.hasPrefix(uri + "?code="))
      }
      for uri in [
        "http://127.0.0.1:0/back", "http://127.0.0.1:/back", "http://127.0.0.1:99999/back",
        "http://127.0.0.2/back", "http://localhost/back", "http://127.0.0.1:80/other",
        "http://127.0.0.1.evil.example/back", "http://127.0.0.1:80@evil.example/back",
      ] {
        await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
          _ = try await world.authorize {
            $0.clientID = "web"
            $0.redirectUri = uri
          }
        }
      }
    }
  }

  @Test("tells the app what is wrong with the rest", .covers("S-C9", "S-C21", "S-C10", "S-C11"))
  func refusals() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let cases: [(String, (inout Artel_Auth_V1_AuthorizeRequest) -> Void)] = [
        ("invalid_request", { $0.responseType = "" }),
        ("unsupported_response_type", { $0.responseType = "token" }),
        ("unsupported_response_type", { $0.responseType = "code id_token" }),
        ("invalid_request", { $0.responseMode = "fragment" }),
        ("invalid_request", { $0.codeChallenge = "" }),
        ("invalid_request", { $0.codeChallengeMethod = "" }),
        ("invalid_request", { $0.codeChallengeMethod = "plain" }),
        ("invalid_request", { $0.codeChallenge = "short" }),
        ("invalid_scope", { $0.scope = "a z" }), ("invalid_scope", { $0.scope = "a  b" }),
        ("invalid_target", { $0.resource = "https://beta.artel.localhost" }),
        ("invalid_request", { $0.prompt = "none login" }),
        ("invalid_request", { $0.prompt = "x" }),
      ]
      for (error, change) in cases {
        let answer = try AppWorld.answer(try await world.authorize(change))
        #expect(answer["error"] == error)
        #expect(answer["code"] == nil)
        #expect(answer["state"] == "s t/1")
        #expect(answer["iss"] == "https://alpha.artel.localhost")
      }
    }
  }

  @Test("grants no more than the person has")
  func scopes() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      func scope(_ scopes: Set<String>?) async throws -> String {
        let location = try await world.complete(
          try await world.waiting(), by: try await world.anna(with: scopes))
        return try await world.redeem(try AppWorld.answer(location)["code"] ?? "").scope
      }
      #expect(try await scope(["b", "z"]) == "b")
      // An administrator is limited by the app alone.
      #expect(try await scope(nil) == "a b")
      let refused = try AppWorld.answer(
        try await world.complete(try await world.waiting(), by: try await world.anna(with: [])))
      #expect(refused["error"] == "access_denied")
    }
  }

  @Test(
    "knows which addresses codes may go to",
    arguments: [
      ("https://app.example/back", true), ("com.example.app:/back", true),
      ("com.example.app://back", true), ("http://127.0.0.1:8000/", true), ("http://[::1]/x", true),
      ("http://app.example/", false), ("http://localhost/", false), ("https:///x", false),
      ("app:/back", false), ("javascript:alert(1)", false), ("data:text/html,x", false),
      ("https://user@app.example/", false), ("https://app.example/#", false),
      ("https://app.example/ x", false), ("", false), ("https://app.example\\@evil", false),
    ])
  func addresses(text: String, isGood: Bool) {
    #expect((RedirectURI(text) != nil) == isGood)
  }
}
