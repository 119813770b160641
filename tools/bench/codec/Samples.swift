import GeneratedDescriptors
import GeneratedPeer
import SwiftProtobuf
import Transcoding

/// The messages of the peers' contract that are measured.
enum Samples {
  /// As the benchmark's directory answers: 400 bytes of JSON each.
  static func list(_ count: Int) -> Peer_V1_ListResidentsResponse {
    .with {
      $0.residents = (1...count).map { number in
        .with {
          $0.name = "complexes/c-1001/residents/r-\(number)"
          $0.complexID = "c-1001"
          $0.residentID = "r-\(number)"
          $0.displayName = "Alexandra Konstantinova"
          $0.email = "alexandra.k@example.org"
          $0.phone = "+15550100123"
          $0.status = .active
          $0.balanceMinor = -1_234_567
          $0.createTime = .init(seconds: 1_700_000_000, nanos: 123_000_000)
          $0.address = .with {
            $0.building = "12B"
            $0.entrance = "3"
            $0.floor = 17
            $0.unit = "1704"
          }
          $0.vehiclePlates = ["A123BC777", "K456MH199"]
          $0.owner = true
        }
      }
      $0.nextPageToken = "eyJvZmZzZXQiOjEwMH0"
    }
  }

  /// The same with texts of two bytes a letter.
  static func cyrillicList(_ count: Int) -> Peer_V1_ListResidentsResponse {
    var list = list(count)
    for index in list.residents.indices {
      list.residents[index].displayName = "Александра Константинова"
      list.residents[index].address.building = "12Б"
      list.residents[index].address.unit = "кв. 1704"
      list.residents[index].vehiclePlates = ["А123ВС777", "К456МН199"]
    }
    return list
  }

  /// A request whose JSON is about 1 KiB.
  static func visit() -> Peer_V1_CreateVisitRequest {
    .with {
      $0.complexID = "c-1"
      $0.residentID = "r-1"
      $0.visitorName = "Мария Петрова"
      $0.visitorPhone = "+79000000000"
      $0.vehiclePlate = "А123ВС777"
      $0.purpose = String(
        repeating: "Delivery of furniture, two people, by the goods lift. ", count: 13)
      $0.arriveTime = .init(seconds: 1_700_000_000)
      $0.durationMinutes = 90
      $0.accessPoints = (1...8).map { "gates/north-\($0)" }
    }
  }
}

/// The contract at run time, as the bridge has it.
enum Contract {
  static func type(_ name: String) throws -> MessageSchema {
    let schema = try Schema(descriptorSet: ArtelDescriptors.descriptorSet)
    guard let type = schema.message(named: "peer.v1.\(name)") else { throw Missing() }
    return type
  }

  struct Missing: Error {}
}
