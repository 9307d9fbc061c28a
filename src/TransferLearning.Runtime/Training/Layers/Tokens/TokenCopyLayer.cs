using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Layers.Tokens;

/// <summary>
/// Copies elements of maps, and constants, to where a map has them: transposes, slices, windows, joined tokens. Elements that are copied
/// several times add up in the gradient. Elements without a source stay 0.
/// </summary>
internal sealed unsafe class TokenCopyLayer : TrainingLayer
{
    private readonly IReadOnlyList<TokenSource> _sources;
    private readonly int[] _numbers;
    private CopiedRun[][] _runs = [];
    private CopiedRun[][] _gradientRuns = [];
    private (int Target, float Value)[] _constants = [];

    /// <param name="name">The node's name.</param>
    /// <param name="output">The map that is written.</param>
    /// <param name="sources">What is copied from.</param>
    /// <param name="numbers">
    /// For each element of the output, in the order of storage, its number among those of all sources, from 1; 0 for none.
    /// </param>
    public TokenCopyLayer(string name, BatchMap output, IReadOnlyList<TokenSource> sources, int[] numbers)
        : base(name, output, [.. sources.Where(s => s.Map is not null).Select(s => s.Map!)])
    {
        (_sources, _numbers) = (sources, numbers);
    }

    public override long ScratchLength => Inputs.Max(i => i.GradientLayout.Length);

    public override IEnumerable<TrainingPhase> Forward => [ForwardByImages(Compute)];

    public override IEnumerable<TrainingPhase> Backward => [BackwardByImages(Differentiate)];

    public override void Prepare(int maxImages)
    {
        List<CopiedRun>[] runs = [.. Inputs.Select(_ => new List<CopiedRun>())];
        List<CopiedRun>[] gradients = [.. Inputs.Select(_ => new List<CopiedRun>())];
        var constants = new List<(int, float)>();
        int channels = Output.Layout.Channels;
        for (int element = 0; element < _numbers.Length;)
        {
            if (_numbers[element] == 0)
            {
                element++;
                continue;
            }

            (int input, TokenSource source, int index) = SourceOf(_numbers[element]);
            if (source.Map is not { } map)
            {
                constants.Add((OffsetOf(Output.Layout, element), source.Constants[index]));
                element++;
                continue;
            }

            // As far as channels of one pixel are channels of one pixel.
            int most = Math.Min(channels - (element % channels), map.Layout.Channels - (index % map.Layout.Channels)), length = 1;
            while (length < most && _numbers[element + length] == _numbers[element] + length)
            {
                length++;
            }

            FeatureMapLayout read = MapReader.IsDirect(map) ? map.Layout : map.GradientLayout;
            runs[input].Add(new CopiedRun(OffsetOf(read, index), OffsetOf(Output.Layout, element), length));
            gradients[input].Add(new CopiedRun(OffsetOf(map.GradientLayout, index), OffsetOf(Output.GradientLayout, element), length));
            element += length;
        }

        (_runs, _gradientRuns, _constants) = ([.. runs.Select(r => r.ToArray())], [.. gradients.Select(r => r.ToArray())], [.. constants]);
    }

    private static int OffsetOf(FeatureMapLayout layout, int element)
    {
        int pixel = element / layout.Channels;
        return (pixel / layout.Width * layout.RowStride) + (pixel % layout.Width * layout.PixelStride) + (element % layout.Channels);
    }

    /// <summary>The source of an element, the input that it is, and the element's index in it.</summary>
    private (int Input, TokenSource Source, int Index) SourceOf(int number)
    {
        int index = number - 1, input = 0;
        foreach (TokenSource source in _sources)
        {
            if (index < source.Length)
            {
                return (input, source, index);
            }

            index -= source.Length;
            input += source.Map is null ? 0 : 1;
        }

        throw new InvalidOperationException($"the layer '{Name}' has no source for the element {number}: a fault of this library");
    }

    private void Compute(int image, TrainingWorkspace workspace)
    {
        float* target = Output.ImageAt(image);
        for (int i = 0; i < Inputs.Count; i++)
        {
            float* source = MapReader.Load(Inputs[i], image, 1, Inputs[i].GradientLayout, workspace.Scratch).Origin;
            foreach (CopiedRun run in _runs[i])
            {
                run.Copy(source, target);
            }
        }

        foreach ((int offset, float value) in _constants)
        {
            target[offset] = value;
        }
    }

    private void Differentiate(int image, TrainingWorkspace workspace)
    {
        float* gradient = Output.GradientAt(image);
        for (int i = 0; i < Inputs.Count; i++)
        {
            if (!Inputs[i].NeedsGradient)
            {
                continue;
            }

            float* target = Inputs[i].GradientAt(image);
            if (!Adds(i))
            {
                new Span<float>(target, Inputs[i].GradientLayout.Length).Clear();
            }

            foreach (CopiedRun run in _gradientRuns[i])
            {
                run.AddBack(target, gradient);
            }
        }
    }

    /// <summary>Neighboring floats that are copied. Offsets are those of elements within the maps of one image.</summary>
    private readonly record struct CopiedRun(int Source, int Target, int Length)
    {
        public void Copy(float* source, float* target)
        {
            if (Length == 1)
            {
                target[Target] = source[Source];
            }
            else
            {
                new ReadOnlySpan<float>(source + Source, Length).CopyTo(new Span<float>(target + Target, Length));
            }
        }

        /// <summary>Adds the gradient of the copy to that of the source.</summary>
        public void AddBack(float* source, float* target)
        {
            if (Length == 1)
            {
                source[Source] += target[Target];
            }
            else
            {
                Accumulation.Write(target + Target, source + Source, Length, adds: true);
            }
        }
    }
}
