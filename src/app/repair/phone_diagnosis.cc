#include "app/repair/phone_diagnosis.h"

#include "app/diagnose_case.h"

namespace bk::app {

DiagnosePhone DiagnosisOf(std::string band, const troubleshoot::Knowledge& knowledge,
                          const World& world,
                          std::function<void(const std::vector<std::string>&)> devices) {
  // Whoever saw the band once in this sitting, or spoke of it, is not told that none is concerned.
  return [band = std::move(band), devices = std::move(devices), &knowledge, &world, seen = false](
             ports::Phone& phone, const SoFar& so_far) mutable -> Result<Report> {
    const DiagnoseRequest request{
        .band = band, .phone = PhoneRequest{.serial = phone.serial()}, .devices = devices};
    BK_TRY(Gathered gathered, GatherCase(request, knowledge, world));
    Report& report = gathered.report;
    report.evidence.findings.insert(report.evidence.findings.end(), so_far.said.begin(),
                                    so_far.said.end());
    seen = seen || gathered.context.band_seen || !so_far.said.empty();
    gathered.context.band_seen = seen;
    gathered.context.failed_fixes = so_far.failed;
    gathered.context.not_known = so_far.not_known;
    gathered.context.to_the_end = so_far.to_the_end;
    report.diagnosis =
        troubleshoot::Diagnose(knowledge, report.evidence.findings, gathered.context);
    return std::move(report);
  };
}

}  // namespace bk::app
