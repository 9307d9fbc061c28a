using TransferLearning.Runtime.Kernels.Tokens;
using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Layers.Tokens;

/// <summary>The softmax of the channels of each token: of the scores of each query.</summary>
internal sealed unsafe class TokenSoftmaxLayer(string name, BatchMap input, BatchMap output) : TrainingLayer(name, output, input)
{
    public override long ScratchLength => TokenRows.ScratchLength(Inputs[0]);

    public override IEnumerable<TrainingPhase> Forward => [ForwardByImages(Compute)];

    public override IEnumerable<TrainingPhase> Backward =>
        Inputs[0].NeedsGradient ? [BackwardByImages(Differentiate)] : [];

    private int Stride => Inputs[0].GradientLayout.PixelStride;

    private void Compute(int image, TrainingWorkspace workspace)
    {
        int channels = Output.Layout.Channels;
        float* x = TokenRows.Read(Inputs[0], image, workspace.Scratch);
        for (int p = 0; p < Output.Pixels; p++, x += Stride)
        {
            float* y = TokenRows.PixelOf(Output, image, p);
            float sum = RowKernels.Exponentials(x, y, channels);
            RowKernels.Scale(y, y, channels, 1 / sum);
        }
    }

    private void Differentiate(int image, TrainingWorkspace workspace)
    {
        int channels = Output.Layout.Channels;
        float* dy = Output.GradientAt(image), dx = Inputs[0].GradientAt(image);
        for (int p = 0; p < Output.Pixels; p++, dy += Stride, dx += Stride)
        {
            float* target = Adds(0) ? workspace.Scratch : dx;
            new Span<float>(target + channels, Stride - channels).Clear();
            TokenGradients.Softmax(TokenRows.PixelOf(Output, image, p), dy, target, channels);
            if (Adds(0))
            {
                Accumulation.Write(target, dx, Stride, adds: true);
            }
        }
    }
}
