// `doctor --ask`: the evidence of a case, an interview over it, and the answers kept between runs.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "app/diagnose_case.h"
#include "app/interview/interview_state.h"
#include "troubleshoot/interview/interview.h"

namespace bk::app {

class InterviewCase {
 public:
  // Reads the evidence, which may be none at all. `knowledge` and `world` must outlive the case.
  // Errors as of GatherCase.
  static Result<std::unique_ptr<InterviewCase>> Open(const DiagnoseRequest& request,
                                                     const troubleshoot::Knowledge& knowledge,
                                                     const World& world);
  InterviewCase(Gathered gathered, std::string_view band, const troubleshoot::Knowledge& knowledge,
                const World& world);
  InterviewCase(const InterviewCase&) = delete;
  InterviewCase& operator=(const InterviewCase&) = delete;

  [[nodiscard]] troubleshoot::Interview& interview() { return interview_; }
  [[nodiscard]] const troubleshoot::Knowledge& knowledge() const { return model_.knowledge(); }

  // Answers that an earlier run kept for the same evidence.
  struct Kept {
    std::vector<troubleshoot::Given> answers;  // empty: there are none
    std::int64_t age_seconds = 0;
    std::string problem;  // one sentence when something is kept that cannot be read
  };
  [[nodiscard]] Kept KeptAnswers() const;
  [[nodiscard]] Status Keep() const;    // the answers so far
  [[nodiscard]] Status Forget() const;  // whatever is kept

  // The diagnosis of the evidence and the answers so far.
  [[nodiscard]] Report Finish() const;

 private:
  const troubleshoot::BeliefModel model_;
  const World& world_;
  Gathered gathered_;
  std::string fingerprint_;
  troubleshoot::Interview interview_;
};

}  // namespace bk::app
