// The entry of this room: texts in, the state of a phone out, findings for a band from that.
//
//   ReportReader reader(compiler, apps);
//   reader.Add(bytes, "bugreport.zip", "bugreport-x.txt");   // as often as there are texts
//   PhoneState phone = std::move(reader).Finish();
//   evidence::Evidence seen = FindingsFor(phone, band, apps);
//
// The same parsers serve a live phone: AddOutput("dumpsys bluetooth_manager", bytes, serial).
//
// Ownership: the bytes given to Add must outlive the PhoneState (its snooz blocks and line numbers
// are read from them); a text that had to be decoded (UTF-16) is owned by the state.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "android/bluetooth/bluetooth_state.h"
#include "android/log/log_state.h"
#include "android/packages/package_state.h"
#include "android/section.h"
#include "android/sectioner.h"
#include "android/system/system_state.h"
#include "base/bytes.h"
#include "base/instant.h"
#include "evidence/companion_app.h"
#include "evidence/evidence.h"
#include "ports/scan.h"

namespace bk::android {

// What a text turned out to be.
enum class TextKind : std::uint8_t {
  kNothing,          // no report, dump or log that is known here
  kBugReport,        // dumpstate's text, whole or a part of it
  kDumpsys,          // `dumpsys` of all or several services
  kOutput,           // one output: dumpsys NAME, getprop, settings list, pm list packages
  kLogcat,           // logcat in any format
  kGadgetbridgeLog,  // Gadgetbridge's own file
  kKernelLog,        // dmesg, last_kmsg
  kTombstone,
  kProgressLog,  // dumpstate's own log: no evidence, but the report is near
  kBoard,        // dumpstate_board.txt: vendor's part
};

struct Recognised {
  TextKind kind = TextKind::kNothing;
  std::string name;      // of a single output: "bluetooth_manager", "getprop"
  std::string sentence;  // for the person: "a bug report of Android 9, 137 services"
  [[nodiscard]] bool useful() const {
    return kind != TextKind::kNothing && kind != TextKind::kProgressLog;
  }
};

struct ReportHeader {
  AnyInstant time;          // "== dumpstate:", the phone's local time
  std::string fingerprint;  // build fingerprint: maker/product/device:version/id/…:type/keys
  std::string build;
  bool complete = false;       // "== dumpstate: done" was seen
  std::uint32_t services = 0;  // dumps of services that were found
};

// A btsnooz block in a dump: base64 between its markers, for the capture reader.
struct SnoozBlock {
  std::string_view base64;  // a view into the member's text
  bool whole = true;        // the end marker was there
  evidence::Where where;
};

// What all texts of one phone said.
struct PhoneState {
  std::optional<ReportHeader> header;  // of the first bug report
  BluetoothState bluetooth;
  PackageState packages;
  system::SystemState system;
  log::LogState log;

  evidence::Phone phone;  // sdk 0 and empty texts where nothing told them
  std::vector<evidence::BandSeen> bands;
  std::vector<SnoozBlock> snooz;
  std::vector<evidence::Loss> losses;

  // The texts that were read, to turn offsets into lines.
  struct Text {
    std::string file;
    std::string member;
    std::string_view text;
    std::shared_ptr<const std::string> decoded;  // holds `text` where the bytes were not UTF-8
    std::vector<LineMark> line_marks;            // of a large text; may be empty
  };
  std::vector<Text> texts;
};

class ReportReader {
 public:
  // Both must outlive the reader. Compiling the patterns takes about a millisecond: keep the
  // reader for all texts of a phone.
  ReportReader(const ports::PatternCompiler& compiler,
               std::span<const evidence::CompanionApp> apps);
  ~ReportReader();
  ReportReader(ReportReader&&) noexcept;
  ReportReader& operator=(ReportReader&&) noexcept;

  // Reads any text: decides by its content what it is. `member` is its path within an archive.
  Recognised Add(Bytes bytes, std::string file, std::string member = {});

  // Reads a live phone's answer to `command` ("dumpsys deviceidle", "getprop",
  // "logcat -d -v threadtime", "settings list global", "appops get PKG"): the command decides.
  // `cut`: empty, or why the answer is not whole; then nothing follows from what is not in it.
  Recognised AddOutput(std::string_view command, Bytes bytes, std::string phone_name,
                       std::string cut = {});

  PhoneState Finish() &&;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The findings, events and losses that concern `band` (an empty band: any) and the phone as a
// whole. A finding that several sources give is kept once per value and source, the best proved
// first. Places have their line numbers.
evidence::Evidence FindingsFor(const PhoneState& state, const evidence::BandId& band,
                               std::span<const evidence::CompanionApp> apps);

// Turns the offsets of all places in `evidence` into line numbers: one pass over each cited text.
void ResolveLines(std::span<const PhoneState::Text> texts, evidence::Evidence& evidence);

}  // namespace bk::android
