// Channels that measures change while a run goes on: a scheme on a network of its own, whose sections and
// roughness are set before each step. Where they change the volumes stay, and depth, width and flow follow
// from the new sections.
#pragma once

#include <memory>
#include <vector>

#include "solvers/hydraulics.hpp"

namespace limpid {

class RestoredFlow final : public Hydraulics {
 public:
  explicit RestoredFlow(const Basin& basin);
  void initialise(const WaterInput& input, WaterStep& step) override;
  void advance(const WaterInput& input, WaterStep& step) override;
  void resume(const WaterInput& input, const std::vector<double>& face_rate, WaterStep& step) override;
  std::vector<double> face_rates(const WaterStep& step) const override { return flow_->face_rates(step); }
  void checkpoint(Checkpoint& file) override;
  Counts counts() const override { return flow_->counts(); }

 private:
  bool set_channels(const std::vector<ChannelInput>& channels);  // whether any is new

  const Basin& basin_;
  Basin own_;  // every reach with a channel of its own
  std::vector<ChannelInput> channels_;
  std::unique_ptr<Hydraulics> flow_;
};

}  // namespace limpid
