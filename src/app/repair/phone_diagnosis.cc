#include "app/repair/phone_diagnosis.h"

#include "app/diagnose_case.h"

namespace bk::app {

DiagnosePhone DiagnosisOf(std::string band, const troubleshoot::Knowledge& knowledge,
                          const World& world) {
  return [band = std::move(band), &knowledge, &world](
             ports::Phone& phone, std::span<const std::string> failed,
             std::span<const evidence::Finding> said) -> Result<Report> {
    const DiagnoseRequest request{.band = band, .phone = PhoneRequest{.serial = phone.serial()}};
    BK_TRY(Gathered gathered, GatherCase(request, knowledge, world));
    Report& report = gathered.report;
    report.evidence.findings.insert(report.evidence.findings.end(), said.begin(), said.end());
    gathered.context.failed_fixes.assign(failed.begin(), failed.end());
    report.diagnosis =
        troubleshoot::Diagnose(knowledge, report.evidence.findings, gathered.context);
    return std::move(report);
  };
}

}  // namespace bk::app
