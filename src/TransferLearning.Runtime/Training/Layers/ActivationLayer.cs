using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Layers;

/// <summary>
/// A derived map without parameters: an activation, or arithmetic with constants. Whoever reads it computes it; this layer only gives its
/// gradient on, where the map that it is derived from has other readers too, or was computed by a layer that does not take it from here.
/// </summary>
internal sealed unsafe class ActivationLayer(string name, BatchMap output) : TrainingLayer(name, output, output.Derivation!.Source)
{
    public override long ScratchLength => Inputs[0].GradientLayout.RowStride;

    public override IEnumerable<TrainingPhase> Forward => [];

    public override IEnumerable<TrainingPhase> Backward => Inputs[0].NeedsGradient && Inputs[0].OnlyReader is null
        ? [BackwardByImages(Push)]
        : [];

    private void Push(int image, TrainingWorkspace workspace) => GradientPush.Push(Output, image, Adds(0), workspace.Scratch);
}
