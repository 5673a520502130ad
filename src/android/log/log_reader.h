// Reads logs into a LogState: one literal scan finds the lines that may matter, only these are
// read further. Every line is counted, with or without a known format.
//
//   LogReader reader(compiler, apps);
//   reader.Add(section, state);   // SYSTEM LOG, EVENT LOG, a bare logcat file, a kernel log, …
//
// A fact that several buffers or files tell (am_kill in events, "Killing" in system) is kept once.
#pragma once

#include <memory>
#include <span>

#include "android/log/log_line.h"
#include "android/log/log_state.h"
#include "android/section.h"
#include "evidence/companion_app.h"
#include "ports/scan.h"

namespace bk::android::log {

class LogReader {
 public:
  // Both must outlive the reader. Facts of apps are kept for the packages of `apps` and for the
  // Bluetooth process, no others.
  LogReader(const ports::PatternCompiler& compiler, std::span<const evidence::CompanionApp> apps);
  ~LogReader();
  LogReader(LogReader&&) noexcept;
  LogReader& operator=(LogReader&&) noexcept;

  // Reads a section of any kind of log: its lines say which format they have. Times of day without
  // a date (Gadgetbridge) get the date of the file's name, if it has one ("…-2024-03-01.log").
  void Add(const Section& section, LogState& state) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bk::android::log
