#include "app/diagnose_case.h"

#include <fmt/format.h>

#include "app/findings_file.h"

namespace bk::app {
namespace {

// A person's answers; a larger file is something else.
constexpr std::size_t kFindingsBytesMax = 1 << 20;

}  // namespace

Result<Report> DiagnoseCase(const DiagnoseRequest& request,
                            const troubleshoot::Knowledge& knowledge, const World& world) {
  if (request.files.empty() && request.findings_file.empty())
    return Fail(
        ErrorCode::kNotFound,
        "No evidence given. Hand over a bug report, a capture or a log, or answers with --findings "
        "(see `bandkeeper doctor --help`).");
  if (!request.files.empty())
    return Fail(ErrorCode::kNotSupported,
                fmt::format("{}: this build reads answers only (--findings); files come next.",
                            request.files.front()));
  Report report;
  BK_TRY(const std::string text, world.read_text(request.findings_file, kFindingsBytesMax));
  BK_TRY(report.evidence.findings, ParseFindings(text, request.findings_file));

  troubleshoot::Context context;
  context.band_seen = !request.band.empty();
  report.diagnosis = troubleshoot::Diagnose(knowledge, report.evidence.findings, context);
  return report;
}

}  // namespace bk::app
