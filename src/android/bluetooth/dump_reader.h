// Reads one dump of bluetooth_manager line by line: headings choose who reads the lines below them.
// Inside the room only; enter at bluetooth_state.h.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "android/bluetooth/bluetooth_state.h"
#include "android/dump_text.h"

namespace bk::android {

// What a dump may hold of one kind; a real one has tens. More is damage or a hostile file.
inline constexpr std::size_t kBluetoothRecordsMax = 4096;

class BluetoothDumpReader {
 public:
  BluetoothDumpReader(const Section& section, BluetoothState& state,
                      std::vector<evidence::Loss>& losses)
      : section_(section), state_(state), losses_(losses) {}
  void Read();

 private:
  enum class Block : std::uint8_t {
    kStatus,
    kEnableLog,
    kCrashes,
    kBleApps,
    kAdapterProperties,
    kBonds,
    kRegistered,
    kScannerMap,
    kClientMap,
    kServerMap,
    kAdvertiserMap,
    kConnectionEvents,
    kBondEvents,
    kKeyTypes,
    kConfig,
    kConnectionManager,
    kGattTables,
    kOther,
  };

  // dump_reader.cc
  bool Heading(std::string_view line);
  void Line(std::string_view line);
  void Enter(Block block);
  void Leave();
  void Finish();
  void JoinEarlierDump();
  void NoteRadioTime();
  [[nodiscard]] std::optional<std::uint64_t> StackTime() const;
  template <class T>
  T* Add(std::vector<T>& list, std::string_view line);

  // manager_lines.cc: what the system's Bluetooth manager and the adapter print
  bool StatusLine(std::string_view line);
  void EnableLogLine(std::string_view line);
  void CrashHeading(std::string_view line);
  void CrashLine(std::string_view line);
  bool BleAppsHeading(std::string_view line);
  void BondLine(std::string_view line);

  // gatt_lines.cc: who scans, advertises and holds clients
  void RegisteredLine(std::string_view line);
  void MapLine(std::string_view line);
  void AppStatistics(std::string_view text, std::string_view line);
  void ScanLine(std::string_view text);
  void GattConnectionLine(std::string_view text, std::string_view line);
  void AdvertiserLine(std::string_view line);

  // link_lines.cc: what the native stack prints of links, bonds and its tables
  void ConnectionEventLine(std::string_view line);
  void BondEventLine(std::string_view line);
  void KeyTypeLine(std::string_view line);
  void ConnectionManagerLine(std::string_view line);
  void GattTableLine(std::string_view line);
  bool ShimLine(std::string_view line);
  void AclLine(std::string_view text, std::string_view line);
  void HistoryLine(std::string_view text, std::string_view line);
  void RecordLine(std::string_view text);

  // What the native part knows of the keys of a device; joined to the bonds at the end, because a
  // masked address may fit two of them.
  struct KeyFact {
    std::string_view address;
    std::optional<bool> le_key_known;
    std::optional<bool> encrypted;
  };
  void JoinKeys();

  const Section& section_;
  BluetoothState& state_;
  std::vector<evidence::Loss>& losses_;

  // Lengths of the lists that an earlier dump of the phone left.
  struct Before {
    std::size_t links = 0, bond_records = 0, apps = 0, registered = 0, attempts = 0, open_links = 0;
  };
  Before before_;
  Block block_ = Block::kStatus;
  bool status_seen_ = false;
  bool maps_seen_ = false;
  MapKind registered_map_ = MapKind::kClient;
  bool expect_app_ = false;  // the next line of the map names an app
  bool in_ongoing_ = false;
  bool in_client_table_ = false;
  bool in_advertising_ = false;  // below "Ongoing advertising:"
  std::string_view key_address_;
  std::vector<KeyFact> keys_;
  bool too_many_ = false;

  BlockCount bonds_, switches_, apps_, connections_, bond_events_, history_;
};

template <class T>
T* BluetoothDumpReader::Add(std::vector<T>& list, std::string_view line) {
  if (list.size() >= kBluetoothRecordsMax) {
    too_many_ = true;
    return nullptr;
  }
  T& added = list.emplace_back();
  added.where = section_.At(line);
  return &added;
}

}  // namespace bk::android
