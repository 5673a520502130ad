// A phone that is a table: command lines with their outputs, and files. For tests, and to play a
// report back.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulate/adbd/commands.h"
#include "simulate/adbd/services.h"

namespace bk::simulate::adbd {

class TableServices : public DeviceServices {
 public:
  // An exact command line, without blanks at its ends. Of a line with `;` each part is looked up
  // for itself; `echo` with its words and `$?`, `2>&1` and `2>/dev/null` are understood.
  void Add(std::string line, Answer answer);
  void AddFile(std::string path, std::shared_ptr<const std::string> bytes,
               std::int64_t modified = 0);
  // Asked for a command that the table has not; nullopt: the phone does not know it either.
  using Otherwise = std::function<std::optional<Answer>(std::string_view command)>;
  void set_otherwise(Otherwise otherwise) { otherwise_ = std::move(otherwise); }
  void set_accepts_files(bool accepts) { accepts_files_ = accepts; }
  void set_restart_takes(Time time) { restart_takes_ = time; }

  std::unique_ptr<RunningCommand> Run(std::string_view line, Time now) override;
  std::optional<FileStat> Stat(const std::string& path, Time now) override;
  std::vector<FileEntry> List(const std::string& path, Time now) override;
  Result<std::shared_ptr<const std::string>> Read(const std::string& path, Time now) override;
  Status Write(const std::string& path, std::uint32_t mode, std::string bytes, Time now) override;
  void Restart(std::string_view target, Time now) override;
  bool Reachable(Time now) override { return now >= back_at_; }
  std::optional<Time> NextChange(Time now) override;

  [[nodiscard]] const std::vector<std::string>& restarts() const { return restarts_; }

 private:
  struct File {
    FileStat stat;
    std::shared_ptr<const std::string> bytes;
  };
  [[nodiscard]] Answer AnswerTo(std::string_view command, int last_exit) const;

  std::map<std::string, Answer, std::less<>> answers_;
  std::map<std::string, File> files_;
  Otherwise otherwise_;
  bool accepts_files_ = false;
  Time restart_takes_{0};
  Time back_at_{0};
  std::vector<std::string> restarts_;
};

}  // namespace bk::simulate::adbd
