using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Layers;

/// <summary>The sum of two maps, clamped: the end of a residual block.</summary>
internal sealed unsafe class AdditionLayer : TrainingLayer
{
    private readonly Activation _clamp;

    /// <param name="name">The node's name.</param>
    /// <param name="a">A map.</param>
    /// <param name="b">Another of the same size; or the same.</param>
    /// <param name="output">The sum.</param>
    /// <param name="clamp">A clamp, which may be infinite.</param>
    public AdditionLayer(string name, BatchMap a, BatchMap b, BatchMap output, Activation clamp)
        : base(name, output, a, b)
    {
        _clamp = clamp;
    }

    public override long ScratchLength => Output.GradientLayout.Length;

    public override IEnumerable<TrainingPhase> Forward => [ForwardByImages(Compute)];

    public override IEnumerable<TrainingPhase> Backward => [BackwardByImages(Differentiate)];

    private int Row => Output.GradientLayout.RowStride;

    private void Compute(int image, TrainingWorkspace workspace)
    {
        FeatureMapLayout layout = Output.Layout;
        for (int y = 0; y < layout.Height; y++)
        {
            float* target = Output.ImageAt(image) + ((nint)y * layout.RowStride);
            float* a = Read(Inputs[0], image, y, target), b = Read(Inputs[1], image, y, workspace.Scratch);
            Elementwise.Binary(BinaryOperation.Add, a, b, target, Row, _clamp.A, _clamp.B);
        }
    }

    /// <summary>A row of an input, where it is stored or in the given memory.</summary>
    private static float* Read(BatchMap input, int image, int y, float* memory)
    {
        if (input.Derivation is not { } function)
        {
            return input.ImageAt(image) + ((nint)y * input.Layout.RowStride);
        }

        function.Forward(function.Source.ImageAt(image) + ((nint)y * function.Source.Layout.RowStride), memory, input.Layout.Width);
        return memory;
    }

    private void Differentiate(int image, TrainingWorkspace workspace)
    {
        for (int y = 0; y < Output.Layout.Height; y++)
        {
            float* gradient = Output.GradientAt(image) + ((nint)y * Row);
            if (_clamp != Activation.None)
            {
                Clamped(Output.ImageAt(image) + ((nint)y * Output.Layout.RowStride), gradient, workspace.Scratch);
                gradient = workspace.Scratch;
            }

            for (int i = 0; i < 2; i++)
            {
                if (Inputs[i].NeedsGradient)
                {
                    Accumulation.Write(gradient, Inputs[i].GradientAt(image) + ((nint)y * Row), Row, Adds(i));
                }
            }
        }
    }

    /// <summary>The gradient where the sum is within the bounds of the clamp, else 0.</summary>
    private void Clamped(float* value, float* gradient, float* target)
    {
        Elementwise.Inside(value, gradient, target, Row, _clamp.A, _clamp.B);
    }
}
