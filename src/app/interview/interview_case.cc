#include "app/interview/interview_case.h"

namespace bk::app {
namespace {

const std::string kName = "interview.json";

}  // namespace

Result<std::unique_ptr<InterviewCase>> InterviewCase::Open(const DiagnoseRequest& request,
                                                           const troubleshoot::Knowledge& knowledge,
                                                           const World& world) {
  BK_TRY(Gathered gathered, GatherCase(request, knowledge, world));
  return std::make_unique<InterviewCase>(std::move(gathered), request.band, knowledge, world);
}

InterviewCase::InterviewCase(Gathered gathered, std::string_view band,
                             const troubleshoot::Knowledge& knowledge, const World& world)
    : model_(knowledge),
      world_(world),
      gathered_(std::move(gathered)),
      fingerprint_(FingerprintOf(gathered_.report.evidence.findings, band)),
      interview_(model_, gathered_.report.evidence.findings, gathered_.context) {}

InterviewCase::Kept InterviewCase::KeptAnswers() const {
  Kept kept;
  if (world_.store == nullptr) return kept;
  const auto loaded = world_.store->Load(kName);
  if (!loaded) {
    kept.problem = loaded.error().message;
    return kept;
  }
  if (!*loaded) return kept;
  auto state = ParseInterviewState((*loaded)->text);
  if (!state) {
    kept.problem = state.error().message;
  } else if (state->evidence == fingerprint_) {
    kept.answers = std::move(state->answers);
    kept.age_seconds = (*loaded)->age_seconds;
  }
  return kept;
}

Status InterviewCase::Keep() const {
  if (world_.store == nullptr) return {};
  return world_.store->Save(kName, ToText({fingerprint_, interview_.answers()}));
}

Status InterviewCase::Forget() const {
  return world_.store == nullptr ? Status{} : world_.store->Remove(kName);
}

Report InterviewCase::Finish() const {
  Report report = gathered_.report;
  report.evidence.findings = interview_.Findings();
  report.diagnosis =
      troubleshoot::Diagnose(model_, report.evidence.findings, interview_.FinalContext());
  return report;
}

}  // namespace bk::app
