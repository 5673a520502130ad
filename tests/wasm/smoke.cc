// A whole diagnosis by the core alone: a capture and a report of our own making, through every
// reader, to the verdict and the plan. Compiled twice, natively and for wasm32-wasi, and run under
// node: run.sh compares the two outputs byte for byte.
#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "android/report.h"
#include "android/report_text.h"
#include "base/bytes.h"
#include "base/instant.h"
#include "capture/capture_reader.h"
#include "capture/findings.h"
#include "capture/script.h"
#include "codec/snoop/writer.h"
#include "evidence/evidence.h"
#include "ports/literal_scan.h"
#include "troubleshoot/diagnose.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace {

using namespace bk;

// Text is kept until the end: one write, the same on every C library.
class Printout {
 public:
  template <class... Args>
  void Line(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Args>(args)...);
    text_ += '\n';
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// The band is heard, connected to, and hangs up while its services are asked for; then it refuses
// to encrypt with the key that the phone kept.
std::vector<std::byte> MakeCapture() {
  capture::Script script;
  script.Add(R"(
    +0 < cmd 0b20 01 6000 3000 00 00
    +0 < cmd 0c20 01 00
    +0.5 > le 02 01 00 00 030201100fc8 0b 020106 0302e0fe 03ff5701 c4
    +0.01 > le 02 01 04 00 030201100fc8 11 10 09 4d6920536d6172742042616e642034 bf
    +0.2 > le 02 01 03 01 0a0b0c0d0e4f 03 020106 b0
    +0.1 < cmd 0c20 00 00
  )");
  for (int round = 0; round < 4; ++round) {
    script.Add(R"(
      +1.1 < cmd 0d20 6000 3000 00 00 030201100fc8 00 1800 2800 0000 f401 0000 0000
      +0.01 > evt 0f 00 01 0d20
      +0.3 > le 01 00 4000 00 00 030201100fc8 2700 0000 f401 00
      +0.1 < att 40 02 0502
      +0.1 > att 40 03 f700
      +0.1 < att 40 10 0100 ffff 0028
      +0.1 > att 40 01 10 0100 0a
      +0.1 < cmd 1920 4000 0000000000000000 0000 00000000000000000000000000000000
      +0.2 > evt 08 06 4000 00
      +0.1 > evt 05 00 4000 13
    )");
  }
  std::vector<std::byte> file;
  codec::snoop::SnoopWriter writer(codec::snoop::FileKind::kBtsnoopH4, file);
  for (const auto& packet : script.Packets()) writer.Add(packet);
  file.resize(file.size() - 3);  // and the recorder was cut off
  return file;
}

std::string Place(const evidence::Where& where) {
  return fmt::format("{} {} line {} packet {} offset {} at {}", where.file, where.member,
                     where.line, where.packet, where.offset, FormatInstant(where.time));
}

void Print(Printout& out, const capture::Story& story) {
  out.Line("story: {} packets, {} adverts, {} ATT PDUs", story.counters.packets,
           story.counters.adverts, story.counters.att_total);
  for (const auto& peer : story.peers)
    out.Line("peer {} '{}' heard {} times", FormatAddress(peer.address), peer.name, peer.adverts);
  for (const auto& attempt : story.attempts) out.Line("attempt: {}", attempt.text);
  for (const auto& link : story.links) out.Line("link: {}", link.text);
}

void Print(Printout& out, const evidence::Evidence& seen) {
  for (const auto& finding : seen.findings) {
    const bool* yes = std::get_if<bool>(&finding.value);
    out.Line("finding {} = {} by {}: {} [{}]", finding.id,
             yes == nullptr ? std::get<std::string>(finding.value)
             : *yes         ? "yes"
                            : "no",
             evidence::SourceName(finding.source), finding.text, Place(finding.where));
  }
  for (const auto& event : seen.events)
    out.Line("event {} {}: {} [{}]", FormatInstant(event.at), event.kind, event.text,
             Place(event.where));
  for (const auto& loss : seen.losses)
    out.Line("loss {} x {}: {} [{}]", evidence::LossName(loss.kind), loss.count, loss.text,
             Place(loss.where));
  for (const auto& band : seen.bands)
    out.Line("band {} '{}' likeness {} by {}", band.address ? FormatAddress(*band.address) : "-",
             band.name, band.likeness, band.how);
  if (seen.phone)
    out.Line("phone {} {} Android {} sdk {} {} {}", seen.phone->maker, seen.phone->model,
             seen.phone->android_version, seen.phone->sdk, seen.phone->skin,
             seen.phone->skin_version);
}

// Ten digits: the C libraries' logarithms may differ in the last bits.
void Print(Printout& out, const troubleshoot::Diagnosis& diagnosis) {
  out.Line("verdict {} layer '{}' cause '{}' {:.10f} sure {}: {}",
           troubleshoot::OutcomeName(diagnosis.verdict.outcome), diagnosis.verdict.layer,
           diagnosis.verdict.cause, diagnosis.verdict.probability, diagnosis.verdict.sure,
           diagnosis.verdict.text);
  out.Line("healthy {:.10f}", diagnosis.healthy);
  for (const auto& layer : diagnosis.layers)
    out.Line("layer {} {} {:.10f}: {} ({})", layer.id, troubleshoot::LayerStateName(layer.state),
             layer.probability, layer.text, fmt::join(layer.shown_by, " "));
  for (const auto& cause : diagnosis.causes)
    out.Line("cause {} of {} {:.10f}", cause.id, cause.layer, cause.probability);
  out.Line("plan {:.8f} minutes, at least {:.8f}, cures {:.10f}", diagnosis.plan.expected_minutes,
           diagnosis.plan.bound_minutes, diagnosis.plan.cure_chance);
  for (const auto& step : diagnosis.plan.steps)
    out.Line("step {} {} {:.10f} in {:.2f} min, loss {}: {} | {} | {} | {}",
             step.kind == troubleshoot::Step::Kind::kAsk ? "ask" : "fix", step.id, step.chance,
             step.minutes, troubleshoot::LossClassName(step.loss), step.text, step.why,
             fmt::join(step.words, " / "), fmt::join(step.treats, " "));
  for (const auto& moved : diagnosis.explanation.moved_by)
    out.Line("moved by {} = {}: {:.9f} {}", moved.finding, moved.value, moved.log_odds, moved.text);
  for (const auto& change : diagnosis.explanation.would_change)
    out.Line("would change: {} {:.10f}", change.text, change.chance);
}

int Run(Printout& out) {
  const troubleshoot::Knowledge& knowledge = troubleshoot::EmbeddedKnowledge();

  const auto file = MakeCapture();
  capture::CaptureReader reader({.file = "made.log"});
  const auto pushed = reader.Push(file);
  auto story = reader.Finish();
  if (!pushed || !story) {
    std::printf("FAILED: the capture was not read\n");
    return 1;
  }
  Print(out, *story);

  const std::string text =
      android::testing::MakeReport({.android = 10,
                                    .flavour = android::testing::Flavour::kXiaomi,
                                    .log_bytes = 4000,
                                    .filler_bytes = 1000});
  const auto patterns = ports::MakePortablePatternCompiler();
  android::ReportReader report(*patterns, knowledge.apps);
  const auto what = report.Add(AsBytes(text), "bugreport.txt");
  out.Line("report: {}", what.sentence);
  const auto phone = std::move(report).Finish();

  const evidence::BandId band{.address = ParseAddress("C8:0F:10:01:02:03"),
                              .name = "Mi Smart Band 4"};
  auto seen = capture::FindingsFor(*story, band);
  Append(seen, android::FindingsFor(phone, band, knowledge.apps));
  Print(out, seen);

  troubleshoot::Context context{.band_seen = true};
  if (seen.phone) {
    context.android_sdk = seen.phone->sdk;
    context.maker = seen.phone->maker;
  }
  const auto diagnosis = troubleshoot::Diagnose(knowledge, seen.findings, context);
  Print(out, diagnosis);
  if (seen.findings.empty() || diagnosis.plan.steps.empty() || !what.useful()) {
    std::printf("FAILED: the evidence came to nothing\n");
    return 1;
  }
  return 0;
}

}  // namespace

int main() {
  Printout out;
  const int status = Run(out);
  std::fwrite(out.text().data(), 1, out.text().size(), stdout);
  return status;
}
