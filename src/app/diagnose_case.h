// `doctor` and `read` as one call each: evidence of one case in, the report or the story out.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/band/probe_band.h"
#include "app/ingest.h"
#include "app/phone/live_phone.h"
#include "app/report.h"
#include "app/world.h"

namespace bk::app {

struct DiagnoseRequest {
  std::vector<std::string> files;     // reports, dumps, logs and captures, in any mix
  std::string findings_file;          // empty for none
  std::string band;                   // what --band says; empty for none
  std::optional<PhoneRequest> phone;  // the live phone, too
  std::optional<ProbeWishes> probe;   // the band itself, over this computer's Bluetooth
  // Told what `device-N` counts (DevicesInOrder), before one of them is chosen; may be empty.
  std::function<void(const std::vector<std::string>&)> devices = {};
};

// The evidence of a case, before anything is concluded.
struct Gathered {
  Report report;  // without a diagnosis
  troubleshoot::Context context;
  std::vector<capture::Story> stories;  // of its captures
};
// Errors are about the request as a whole: no file that holds any evidence, a --band that fits
// nothing, a findings file that is no JSON. A request without any evidence gives an empty report.
Result<Gathered> GatherCase(const DiagnoseRequest& request,
                            const troubleshoot::Knowledge& knowledge, const World& world);

// A request without any evidence is one for the phone that is plugged in. Errors are about the
// request as a whole: no phone, no file that holds any evidence, a --band that fits nothing, a
// findings file that is no JSON.
Result<Report> DiagnoseCase(const DiagnoseRequest& request,
                            const troubleshoot::Knowledge& knowledge, const World& world);

struct Reading {
  std::vector<ReadFile> files;
  std::vector<capture::Story> stories;
  evidence::Evidence texts;  // events and losses of reports and logs, and of opening files
  Timeline timeline;         // all events of the case
};
Result<Reading> ReadCase(const std::vector<std::string>& files,
                         const troubleshoot::Knowledge& knowledge, const World& world);

}  // namespace bk::app
