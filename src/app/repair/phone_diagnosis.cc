#include "app/repair/phone_diagnosis.h"

#include "app/diagnose_case.h"

namespace bk::app {

DiagnosePhone DiagnosisOf(std::string band, const troubleshoot::Knowledge& knowledge,
                          const World& world,
                          std::function<void(const std::vector<std::string>&)> devices) {
  // Whoever saw the band once in this sitting, or spoke of it, is not told that none is concerned.
  return [band = std::move(band), devices = std::move(devices), &knowledge, &world, seen = false](
             ports::Phone& phone, std::span<const std::string> failed,
             std::span<const evidence::Finding> said) mutable -> Result<Report> {
    const DiagnoseRequest request{
        .band = band, .phone = PhoneRequest{.serial = phone.serial()}, .devices = devices};
    BK_TRY(Gathered gathered, GatherCase(request, knowledge, world));
    Report& report = gathered.report;
    report.evidence.findings.insert(report.evidence.findings.end(), said.begin(), said.end());
    seen = seen || gathered.context.band_seen || !said.empty();
    gathered.context.band_seen = seen;
    gathered.context.failed_fixes.assign(failed.begin(), failed.end());
    report.diagnosis =
        troubleshoot::Diagnose(knowledge, report.evidence.findings, gathered.context);
    return std::move(report);
  };
}

}  // namespace bk::app
