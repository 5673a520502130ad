// The files that were handed over, by the names that the person knows them by, and no others.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "ports/files.h"

namespace bk::app {

class NamedFiles final : public ports::Files {
 public:
  explicit NamedFiles(ports::Files* inner) : inner_(inner) {}
  void Set(std::map<std::string, std::string> paths) {
    const std::lock_guard lock(mutex_);
    paths_ = std::move(paths);
  }
  Result<std::unique_ptr<ports::ByteStream>> OpenStream(const std::string& name) override {
    BK_TRY(const std::string path, PathOf(name));
    return inner_->OpenStream(path);
  }
  Result<std::unique_ptr<ports::Blob>> OpenWhole(const std::string& name) override {
    BK_TRY(const std::string path, PathOf(name));
    return inner_->OpenWhole(path);
  }
  Result<std::unique_ptr<ports::Archive>> OpenArchive(Bytes bytes) override {
    return inner_->OpenArchive(bytes);
  }

 private:
  Result<std::string> PathOf(const std::string& name) {
    const std::lock_guard lock(mutex_);
    const auto found = paths_.find(name);
    if (inner_ == nullptr || found == paths_.end())
      return Fail(ErrorCode::kNotFound, name + ": no such file was handed over.");
    return found->second;
  }
  ports::Files* inner_;
  std::mutex mutex_;
  std::map<std::string, std::string> paths_;
};

}  // namespace bk::app
