#include "golden/world.h"

#include <nlohmann/json.hpp>

#include "codec/snoop/writer.h"
#include "golden/scenes.h"

namespace bk::golden {
namespace {

using codec::snoop::FileKind;
using codec::snoop::Packet;
using codec::snoop::PacketKind;

FileKind KindOf(Recorder recorder) {
  switch (recorder) {
    case Recorder::kBtmon:
      return FileKind::kBtsnoopMonitor;
    case Recorder::kPcap:
      return FileKind::kPcapDirection;
    default:
      return FileKind::kBtsnoopH4;
  }
}

bool IsAtt(const Packet& packet) {
  return packet.kind == PacketKind::kAcl && packet.data.size() >= 8 &&
         packet.data[6] == std::byte{4} && packet.data[7] == std::byte{0};
}

std::vector<std::byte> Record(const Scenes& scenes, Recorder recorder) {
  constexpr std::size_t kFilteredBytes = 8;
  constexpr std::size_t kBrokenBytes = 5;
  std::vector<std::byte> file;
  codec::snoop::SnoopWriter writer(KindOf(recorder), file);
  for (Packet packet : scenes.script().Packets()) {
    if (recorder == Recorder::kAttOnly && !IsAtt(packet)) continue;
    if (recorder == Recorder::kFiltered && packet.kind == PacketKind::kAcl &&
        packet.data.size() > kFilteredBytes)
      packet.data = packet.data.first(kFilteredBytes);
    writer.Add(packet);
  }
  if (recorder == Recorder::kBrokenOff) file.resize(file.size() - kBrokenBytes);
  return file;
}

constexpr int kOk = 0x01, kWrongKey = 0x08;

Scenes HealthyScenes() {
  return Scenes()
      .Scan(30, -62)
      .Connect()
      .Discover()
      .AskForNotifications()
      .Authenticate(kOk)
      .SetTime()
      .Fetch(30)
      .FetchNothing()
      .HangUp();
}

// The phone remembers the band's table.
Scenes CachedScenes() {
  return Scenes()
      .Scan(5, -62)
      .Connect()
      .AskForNotifications()
      .Authenticate(kOk)
      .SetTime()
      .Fetch(30)
      .HangUp();
}

const std::vector<std::string> kToSynced{"scanned",       "connecting",  "connected", "discovered",
                                         "authenticated", "initialised", "fetching",  "synced"};

std::vector<std::string> Without(std::vector<std::string> list,
                                 std::initializer_list<std::string_view> out) {
  for (const std::string_view name : out) std::erase(list, name);
  return list;
}

void AddHealthy(std::vector<Capture>& all) {
  const Truth truth{.links = 1,
                    .stages = kToSynced,
                    .reason = 0x16,
                    .true_ids = {"band_in_scan", "strong_signal", "connects_ok", "auth_succeeded",
                                 "sync_completed", "phone_ends_link", "other_ble_devices_visible"},
                    .false_ids = {"band_not_in_scan", "band_not_connectable", "weak_signal",
                                  "band_advertises_slowly", "time_not_synced"},
                    .silent_ids = {"auth_failed", "auth_not_completed", "stuck_connecting",
                                   "sync_starts_then_disconnects", "connect_loop"},
                    .losses = {}};
  const Scenes scenes = HealthyScenes();
  all.push_back({"healthy", Record(scenes, Recorder::kAndroid), truth});
  all.push_back({"healthy.btmon", Record(scenes, Recorder::kBtmon), truth});
  all.push_back({"healthy.pcap", Record(scenes, Recorder::kPcap), truth});

  Truth broken = truth;
  broken.reason.reset();
  std::erase(broken.true_ids, "phone_ends_link");
  broken.losses = {"truncated"};
  all.push_back({"healthy.broken_off", Record(scenes, Recorder::kBrokenOff), broken});

  Truth filtered = truth;
  filtered.stages = {"scanned", "connecting", "connected"};
  filtered.true_ids = Without(truth.true_ids, {"auth_succeeded", "sync_completed"});
  std::erase(filtered.false_ids, "time_not_synced");
  for (const char* id : {"auth_succeeded", "sync_completed", "time_not_synced", "no_new_data"})
    filtered.silent_ids.emplace_back(id);
  filtered.losses = {"filtered"};
  all.push_back({"healthy.filtered", Record(scenes, Recorder::kFiltered), filtered});

  Truth att;
  att.links = 1;
  att.stages = Without(kToSynced, {"scanned", "connecting"});
  att.true_ids = {"connects_ok", "auth_succeeded", "sync_completed"};
  att.silent_ids = {"band_in_scan", "band_not_in_scan", "auth_failed", "band_ends_link",
                    "phone_ends_link"};
  all.push_back({"healthy.att_only", Record(scenes, Recorder::kAttOnly), att});

  Truth cached;
  cached.links = 1;
  cached.stages = Without(kToSynced, {"discovered"});
  cached.reason = 0x16;
  cached.true_ids = {"connects_ok", "auth_succeeded", "sync_completed"};
  cached.silent_ids = {"auth_failed", "auth_not_completed"};
  all.push_back({"cached_discovery", Record(CachedScenes(), Recorder::kAndroid), cached});
  cached.stages = Without(cached.stages, {"scanned", "connecting"});
  cached.reason.reset();
  all.push_back({"cached_discovery.att_only", Record(CachedScenes(), Recorder::kAttOnly), cached});
}

void AddTalkTrouble(std::vector<Capture>& all) {
  const auto begin = [] {
    return Scenes().Scan(5, -60).Connect().Discover().AskForNotifications();
  };
  all.push_back({"wrong_key",
                 Record(begin().Authenticate(kWrongKey).End(0x13), Recorder::kAndroid),
                 {.links = 1,
                  .stages = {"scanned", "connecting", "connected", "discovered"},
                  .reason = 0x13,
                  .true_ids = {"connects_ok", "auth_failed", "band_ends_link"},
                  .false_ids = {},
                  .silent_ids = {"auth_succeeded", "sync_completed", "pair_first_on_band_screen",
                                 "phone_ends_link"},
                  .losses = {}}});
  all.push_back(
      {"cut_in_sync",
       Record(begin().Authenticate(kOk).SetTime().Fetch(12).Wait(5).End(0x08), Recorder::kAndroid),
       {.links = 1,
        .stages = Without(kToSynced, {"synced"}),
        .reason = 0x08,
        .true_ids = {"auth_succeeded", "sync_starts_then_disconnects", "link_supervision_timeouts"},
        .false_ids = {},
        .silent_ids = {"sync_completed", "auth_failed", "band_ends_link"},
        .losses = {}}});
  auto updating = Without(kToSynced, {"initialised", "fetching", "synced"});
  updating.emplace_back("updating");
  all.push_back({"update_cut",
                 Record(begin().Authenticate(kOk).Update(17).Wait(5).End(0x08), Recorder::kAndroid),
                 {.links = 1,
                  .stages = updating,
                  .reason = 0x08,
                  .true_ids = {"auth_succeeded", "firmware_update_fails"},
                  .false_ids = {},
                  .silent_ids = {"firmware_update_done", "resource_transfer_fails"},
                  .losses = {}}});
  all.push_back({"update_done",
                 Record(begin().Authenticate(kOk).Update(40).End(0x13), Recorder::kAndroid),
                 {.links = 1,
                  .stages = updating,
                  .reason = 0x13,
                  .true_ids = {"auth_succeeded", "firmware_update_done"},
                  .false_ids = {},
                  .silent_ids = {"firmware_update_fails"},
                  .losses = {}}});
}

void AddLinkTrouble(std::vector<Capture>& all) {
  Scenes never = Scenes().Scan(10, -78);
  for (int i = 0; i < 4; ++i) never.Connect().End(0x3e).Wait(4);
  never.ConnectAndGiveUp(30).Wait(2).ConnectAndGiveUp(30);
  all.push_back({"never_connects",
                 Record(never, Recorder::kAndroid),
                 {.links = 4,
                  .stages = {"scanned", "connecting", "connected"},
                  .reason = 0x3e,
                  .true_ids = {"band_in_scan", "connect_fails_to_establish", "stuck_connecting"},
                  .false_ids = {},
                  .silent_ids = {"auth_succeeded", "auth_failed", "band_ends_link"},
                  .losses = {}}});

  Scenes falling;
  for (const int rssi : {-79, -88, -94})
    falling.Scan(6, rssi)
        .Connect()
        .Discover()
        .AskForNotifications()
        .Authenticate(kOk)
        .ReadRssi(rssi)
        .ReadRssi(rssi - 4)
        .Wait(20)
        .End(0x08);
  all.push_back({"falling_signal",
                 Record(falling, Recorder::kAndroid),
                 {.links = 3,
                  .stages = {"scanned", "connecting", "connected", "discovered", "authenticated"},
                  .reason = 0x08,
                  .true_ids = {"link_supervision_timeouts", "frequent_disconnects", "weak_signal",
                               "auth_succeeded"},
                  .false_ids = {"strong_signal"},
                  .silent_ids = {"auth_failed", "band_ends_link", "phone_ends_link"},
                  .losses = {}}});

  all.push_back(
      {"bond_lost_by_band",
       Record(Scenes().Scan(5, -60).Connect().StartEncryption(0x06).HangUp(), Recorder::kAndroid),
       {.links = 1,
        .stages = {"scanned", "connecting", "connected"},
        .reason = 0x16,
        .true_ids = {"encryption_key_missing", "bonded_in_android", "phone_ends_link"},
        .false_ids = {},
        .silent_ids = {"encryption_mic_failure", "pairing_succeeds", "auth_succeeded"},
        .losses = {}}});
  all.push_back(
      {"keys_differ",
       Record(Scenes().Scan(5, -60).Connect().StartEncryption(0x00).End(0x3d), Recorder::kAndroid),
       {.links = 1,
        .stages = {"scanned", "connecting", "connected"},
        .reason = 0x3d,
        .true_ids = {"encryption_mic_failure", "bonded_in_android"},
        .false_ids = {},
        .silent_ids = {"encryption_key_missing", "smp_pairing_failed", "band_ends_link"},
        .losses = {}}});
  all.push_back({"pairing_confirm_fails",
                 Record(Scenes().Scan(5, -60).Connect().Pair(false).End(0x13), Recorder::kAndroid),
                 {.links = 1,
                  .stages = {"scanned", "connecting", "connected"},
                  .reason = 0x13,
                  .true_ids = {"smp_pairing_failed", "band_ends_link"},
                  .false_ids = {},
                  .silent_ids = {"pairing_succeeds", "encryption_key_missing"},
                  .losses = {}}});
  all.push_back(
      {"pairing_succeeds",
       Record(Scenes().Scan(5, -60).Connect().Pair(true).Wait(30).HangUp(), Recorder::kAndroid),
       {.links = 1,
        .stages = {"scanned", "connecting", "connected"},
        .reason = 0x16,
        .true_ids = {"pairing_succeeds"},
        .false_ids = {},
        .silent_ids = {"smp_pairing_failed", "drops_right_after_pairing", "bonded_in_android"},
        .losses = {}}});
  all.push_back({"held_by_another_host",
                 Record(Scenes().Scan(30, -64, false), Recorder::kAndroid),
                 {.links = 0,
                  .stages = {},
                  .reason = {},
                  .true_ids = {"band_in_scan", "band_not_connectable", "strong_signal"},
                  .false_ids = {"band_not_in_scan"},
                  .silent_ids = {"connects_ok", "stuck_connecting"},
                  .losses = {}}});
}

}  // namespace

std::vector<Capture> MakeCaptures() {
  std::vector<Capture> all;
  AddHealthy(all);
  AddTalkTrouble(all);
  AddLinkTrouble(all);
  return all;
}

std::string TruthJson(const Capture& capture) {
  const Truth& truth = capture.truth;
  nlohmann::ordered_json json{{"name", capture.name},       {"links", truth.links},
                              {"stages", truth.stages},     {"reason", nullptr},
                              {"true", truth.true_ids},     {"false", truth.false_ids},
                              {"silent", truth.silent_ids}, {"losses", truth.losses}};
  if (truth.reason) json["reason"] = *truth.reason;
  return json.dump(1) + "\n";
}

}  // namespace bk::golden
