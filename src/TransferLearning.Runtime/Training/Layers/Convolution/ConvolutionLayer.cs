using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Parameters;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Layers.Convolution;

/// <summary>
/// Convolution with dense or grouped windows, and matrix product as its case of one pixel. Two divisions of the work: a layer with few
/// weights is computed image by image, while what it reads is in cache, and each part of the images sums its own weight gradient; one with
/// many weights is computed panel by panel over all images, as its maps are small and its weights are what is read again and again.
/// </summary>
internal sealed unsafe class ConvolutionLayer : TrainingLayer
{
    /// <summary>The number of weights up to which each part of the images has a gradient of its own.</summary>
    private const int MaxWeightsByImages = 64 * 1024;

    /// <summary>The number of parts of a batch whose weight gradients are summed apart: fixed, so that threads do not change the
    /// sums.</summary>
    private const int Parts = 8;

    /// <summary>The pixels of an item of work: a few tiles.</summary>
    private const int ItemPixels = 64;

    /// <summary>The number of items that panels are divided into at least, so that all threads have work until the end.</summary>
    private const int MinItems = 16;

    /// <summary>The values of a segment whose weight gradients are an item of work.</summary>
    private const int ItemValues = 224;

    /// <summary>The floats of a sum of parts that are an item of work.</summary>
    private const int ItemFloats = 16 * 1024;

    private readonly KernelSet _kernels;
    private readonly Window _window;
    private readonly PanelLayout _panels;
    private readonly Parameter _weights;
    private readonly Parameter? _bias;
    private readonly bool _byImages;
    private BiasSums? _biasSums;
    private ConvolutionPasses? _passes;
    private FeatureMapLayout _inputLayout;
    private int _group;
    private int _maxImages;

    /// <param name="kernels">The instruction set.</param>
    /// <param name="name">The node's name.</param>
    /// <param name="input">The input.</param>
    /// <param name="output">The output.</param>
    /// <param name="window">The window.</param>
    /// <param name="panels">How the weights are packed.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="bias">The bias; null for none.</param>
    public ConvolutionLayer(
        KernelSet kernels,
        string name,
        BatchMap input,
        BatchMap output,
        Window window,
        PanelLayout panels,
        Parameter weights,
        Parameter? bias)
        : base(name, output, input)
    {
        (_kernels, _window, _panels, _weights, _bias) = (kernels, window, panels, weights, bias);
        _byImages = panels.Length <= MaxWeightsByImages;
        _inputLayout = window.Bordered(input.GradientLayout, output.Layout.Height, output.Layout.Width);
        input.RequireBorder(_inputLayout);
    }

    public override bool WorksByImages => _byImages;

    public override long ScratchLength => _byImages ? _group * ((long)_inputLayout.Length + Passes.GradientLayout.Length) : 0;

    public override long SharedLength => _byImages
        ? Parts * _weights.Length
        : _maxImages * ((long)_inputLayout.Length + Passes.GradientLayout.Length);

    public override IEnumerable<TrainingPhase> Forward
    {
        get
        {
            // What is left of the items packs the weights for the backward pass.
            int packed = Input.NeedsGradient ? _panels.Panels.Length : 0;
            if (_byImages)
            {
                yield return new TrainingPhase($"{Name}: output", images => Groups(images) + packed, (item, workspace) =>
                {
                    if (!Packs(item - Groups(workspace.Images)))
                    {
                        ComputeGroup(item, workspace);
                    }
                });
                yield break;
            }

            if (!MapReader.IsDirect(Input))
            {
                yield return TrainingPhase.PerImage($"{Name}: input", LoadSharedInput);
            }

            yield return new TrainingPhase($"{Name}: output", images => PanelItems(images) + packed, (item, workspace) =>
            {
                if (!Packs(item - PanelItems(workspace.Images)))
                {
                    ComputePanel(item, workspace);
                }
            });
        }
    }

    public override IEnumerable<TrainingPhase> Backward
    {
        get
        {
            if (_byImages)
            {
                yield return new TrainingPhase($"{Name}: gradients", PartsOf, DifferentiatePart);
                yield return new TrainingPhase($"{Name}: sums", _ => SumItems, SumParts);
            }
            else
            {
                yield return TrainingPhase.PerImage($"{Name}: gradient of the output", LoadImage);
                yield return new TrainingPhase(
                    $"{Name}: gradients", images => InputItems(images) + WeightItems, DifferentiatePanels);
            }

            if (_panels.HasPadding || _bias is not null)
            {
                yield return TrainingPhase.Once($"{Name}: bias", Finish);
            }
        }
    }

    private BatchMap Input => Inputs[0];

    private ConvolutionPasses Passes => _passes ?? throw new InvalidOperationException($"the layer '{Name}' is not prepared");

    private float* Bias => _bias is null ? null : _bias.Values;

    private int SumItems => (int)((_weights.Length + ItemFloats - 1) / ItemFloats);

    private int Chunks => (_panels.SegmentLength + ItemValues - 1) / ItemValues;

    private int WeightItems => _panels.Panels.Length * _panels.Segments * Chunks;

    public override void Prepare(int maxImages)
    {
        _maxImages = maxImages;
        _inputLayout = MapReader.LayoutOf(Input, _inputLayout);
        _group = _byImages ? Math.Clamp(ItemPixels / Output.Pixels, 1, maxImages) : maxImages;
        _passes = new ConvolutionPasses(
            _kernels, _window, _panels, _inputLayout, Input.GradientLayout, Output.Layout, Output.GradientLayout, _group);
        _biasSums = _bias is null ? null : new BiasSums(Output, maxImages);
    }

    protected override void Release()
    {
        _passes?.Dispose();
        _biasSums?.Dispose();
    }

    private static int PartsOf(int images) => Math.Min(Parts, images);

    private int Groups(int images) => (images + _group - 1) / _group;

    /// <summary>The number of ranges of images that each of some panels is computed for, apart.</summary>
    private static int Ranges(int panels, int images) => Math.Clamp((MinItems + panels - 1) / panels, 1, images);

    private int PanelItems(int images) => Ranges(_panels.Panels.Length, images) * _panels.Panels.Length;

    private int InputItems(int images) =>
        Input.NeedsGradient ? Ranges(Passes.InputPanels, images) * Passes.InputPanels : 0;

    private bool Packs(int panel)
    {
        if (panel < 0)
        {
            return false;
        }

        Passes.InputGradientWeights.Pack(panel, _weights.Values);
        return true;
    }

    private void LoadSharedInput(int image, TrainingWorkspace workspace) => LoadInput(image, 1, SharedInput(workspace, image));

    private MapView LoadInput(int image, int count, float* scratch) => MapReader.Load(Input, image, count, _inputLayout, scratch);

    private float* SharedInput(TrainingWorkspace workspace, int image) => workspace.Shared + ((nint)image * _inputLayout.Length);

    private float* SharedGradient(TrainingWorkspace workspace, int image) =>
        workspace.Shared + ((nint)_maxImages * _inputLayout.Length) + ((nint)image * Passes.GradientLayout.Length);

    /// <summary>The input of all images, of which some may be in shared memory.</summary>
    private MapView InputView(TrainingWorkspace workspace) => MapReader.IsDirect(Input)
        ? new MapView(Input.Data, Input.Layout)
        : new MapView(workspace.Shared + _inputLayout.Origin, _inputLayout);

    private MapView GradientView(TrainingWorkspace workspace) => MapReader.IsGradientDirect(Output, Passes.GradientLayout)
        ? new MapView(Output.Gradient, Output.GradientLayout)
        : new MapView(SharedGradient(workspace, 0) + Passes.GradientLayout.Origin, Passes.GradientLayout);

    private static MapView From(MapView view, int image) => new(view.ImageAt(image), view.Layout);

    private void ComputeGroup(int group, TrainingWorkspace workspace)
    {
        int image = group * _group, count = Math.Min(_group, workspace.Images - image);
        MapView input = LoadInput(image, count, workspace.Scratch);
        Passes.Forward(input, count, _weights.Values, Bias, Output.ImageAt(image), Range.All);
        TellOfImages(image, count);
    }

    private void ComputePanel(int item, TrainingWorkspace workspace)
    {
        (int panel, int from, int to) = PanelOf(item, _panels.Panels.Length, workspace.Images);
        MapView input = From(InputView(workspace), from);
        Passes.Forward(input, to - from, _weights.Values, Bias, Output.ImageAt(from), panel..(panel + 1));
    }

    /// <summary>The panel and the range of images of an item.</summary>
    private static (int Panel, int From, int To) PanelOf(int item, int panels, int images)
    {
        int ranges = Ranges(panels, images), range = item % ranges;
        return (item / ranges, images * range / ranges, images * (range + 1) / ranges);
    }

    private void DifferentiatePart(int part, TrainingWorkspace workspace)
    {
        int parts = PartsOf(workspace.Images);
        int from = workspace.Images * part / parts, to = workspace.Images * (part + 1) / parts;
        float* sums = workspace.Shared + (part * (nint)_weights.Length);
        for (int image = from; image < to; image += _group)
        {
            int count = Math.Min(_group, to - image);
            MapView input = LoadInput(image, count, workspace.Scratch);
            MapView gradient = MapReader.LoadGradient(
                Output, image, count, Passes.GradientLayout, workspace.Scratch + ((nint)_group * _inputLayout.Length));
            _biasSums?.Add(gradient, image, count);
            if (Input.NeedsGradient)
            {
                Passes.InputGradient(gradient, count, Input.GradientAt(image), Adds(0), Range.All);
                TellOfGradients(image, count);
            }

            foreach (WeightPanel panel in _panels.Panels)
            {
                for (int segment = 0; segment < _panels.Segments; segment++)
                {
                    Passes.WeightGradient(input, gradient, count, sums, image > from, panel, segment, (0, _panels.SegmentLength));
                }
            }
        }
    }

    private void SumParts(int item, TrainingWorkspace workspace)
    {
        long from = (long)item * ItemFloats;
        int count = (int)Math.Min(ItemFloats, _weights.Length - from);
        var target = new Span<float>(_weights.Gradient + from, count);
        new ReadOnlySpan<float>(workspace.Shared + from, count).CopyTo(target);
        for (int part = 1; part < PartsOf(workspace.Images); part++)
        {
            float* sums = workspace.Shared + (part * _weights.Length) + from;
            Accumulation.Write(sums, _weights.Gradient + from, count, adds: true);
        }
    }

    private void LoadImage(int image, TrainingWorkspace workspace)
    {
        if (!MapReader.IsDirect(Input))
        {
            LoadSharedInput(image, workspace);
        }

        MapView gradient = MapReader.LoadGradient(Output, image, 1, Passes.GradientLayout, SharedGradient(workspace, image));
        _biasSums?.Add(gradient, image, 1);
    }

    private void DifferentiatePanels(int item, TrainingWorkspace workspace)
    {
        MapView gradient = GradientView(workspace);
        int inputItems = InputItems(workspace.Images);
        if (item < inputItems)
        {
            (int input, int from, int to) = PanelOf(item, Passes.InputPanels, workspace.Images);
            Passes.InputGradient(From(gradient, from), to - from, Input.GradientAt(from), Adds(0), input..(input + 1));
            return;
        }

        item -= inputItems;
        int chunk = item % Chunks, segment = item / Chunks % _panels.Segments;
        WeightPanel panel = _panels.Panels[item / Chunks / _panels.Segments];
        (int, int) values = (_panels.SegmentLength * chunk / Chunks, _panels.SegmentLength * (chunk + 1) / Chunks);
        Passes.WeightGradient(InputView(workspace), gradient, workspace.Images, _weights.Gradient, adds: false, panel, segment, values);
    }

    private void Finish(TrainingWorkspace workspace)
    {
        _panels.ClearPadding(_weights.Gradient);
        if (_bias is not null)
        {
            _biasSums!.Sum(workspace.Images, new Span<float>(_bias.Gradient, Output.Layout.Channels));
        }
    }
}
