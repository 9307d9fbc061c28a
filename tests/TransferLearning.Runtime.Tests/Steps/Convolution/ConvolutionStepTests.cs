using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Steps.Convolution;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Tests.Kernels;

namespace TransferLearning.Runtime.Tests.Steps.Convolution;

public unsafe class ConvolutionStepTests
{
    public static TheoryData<string, ConvolutionCase> Cases()
    {
        var data = new TheoryData<string, ConvolutionCase>();
        foreach (KernelSet set in TestedKernelSets.All)
        {
            data.Add(set.Name, new ConvolutionCase(7, 7, 24, 40, 1, 1, 1, 0, 1));
            data.Add(set.Name, new ConvolutionCase(9, 5, 3, 17, 3, 2, 1, 1, 1));
            data.Add(set.Name, new ConvolutionCase(8, 8, 16, 33, 3, 1, 1, 1, 1));
            data.Add(set.Name, new ConvolutionCase(10, 12, 5, 8, 3, 1, 2, 2, 1));
            data.Add(set.Name, new ConvolutionCase(6, 6, 12, 24, 3, 1, 1, 1, 4));
            data.Add(set.Name, new ConvolutionCase(6, 6, 32, 64, 3, 2, 1, 1, 2));
            data.Add(set.Name, new ConvolutionCase(13, 1, 6, 6, 5, 1, 1, 2, 6));
            data.Add(set.Name, new ConvolutionCase(14, 14, 3, 64, 7, 2, 1, 3, 1));
            data.Add(set.Name, new ConvolutionCase(1, 1, 100, 7, 1, 1, 1, 0, 1));

            // Weights large enough to be prefetched.
            data.Add(set.Name, new ConvolutionCase(7, 5, 64, 200, 3, 1, 1, 1, 1));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_kernel_set_computes_a_convolution_as_defined(string setName, ConvolutionCase c)
    {
        KernelSet kernels = KernelSet.All.Single(s => s.Name == setName);
        var random = new Random(7);
        float[] image = Randoms(random, c.Height * c.Width * c.Inputs);
        float[] weights = Randoms(random, c.Outputs * c.Inputs / c.Groups * c.Size * c.Size);
        float[] bias = Randoms(random, c.Outputs);
        float[] added = Randoms(random, c.OutputHeight * c.OutputWidth * c.Outputs);

        float[] result = RunStep(kernels, c, image, weights, bias, added);

        float[] expected = c.Reference(image, weights, bias, added, 0, 6);
        result.Length.ShouldBe(expected.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            result[i].ShouldBe(expected[i], 1e-4f, $"at {i}");
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(40)]
    [InlineData(48)]
    public void A_tile_of_every_height_computes_a_convolution_as_defined(int outputs)
    {
        foreach (KernelSet kernels in TestedKernelSets.All)
        {
            for (int pixels = 1; pixels <= 14; pixels++)
            {
                var sizes = new ConvolutionCase(1, pixels, 19, outputs, 1, 1, 1, 0, 1);
                Every_kernel_set_computes_a_convolution_as_defined(kernels.Name, sizes);
            }
        }
    }

    [Fact]
    public void All_tiles_and_partial_rows_give_the_same_bits()
    {
        var c = new ConvolutionCase(11, 13, 24, 40, 3, 1, 1, 1, 1);
        var random = new Random(3);
        float[] image = Randoms(random, c.Height * c.Width * c.Inputs);
        float[] weights = Randoms(random, c.Outputs * c.Inputs * 9);
        float[] bias = Randoms(random, c.Outputs);
        float[] added = new float[c.OutputHeight * c.OutputWidth * c.Outputs];

        float[] whole = RunStep(KernelSet.Best, c, image, weights, bias, added);

        RunStep(KernelSet.Best, c, image, weights, bias, added, parts: 4).ShouldBe(whole);
        RunStep(KernelSet.Best, c, image, weights, bias, added, parts: 11).ShouldBe(whole);
    }

    private static float[] RunStep(
        KernelSet kernels, ConvolutionCase c, float[] image, float[] weights, float[] bias, float[] added, int parts = 1)
    {
        int inputStride = c.Groups == 1 && c.Inputs == 3 ? 3 : kernels.WholeVectors(c.Inputs);
        var outputLayout = new FeatureMapLayout(c.OutputHeight, c.OutputWidth, c.Outputs, kernels.WholeVectors(c.Outputs));
        var input = new Value(0, "input", new FeatureMapLayout(c.Height, c.Width, c.Inputs, inputStride));
        var residual = new Value(1, "residual", outputLayout);
        var output = new Value(2, "output", outputLayout);
        output.RequireBorder(1, 2, 1, 0);
        var weightTensor = Tensor.Create(new Shape(c.Outputs, c.Inputs / c.Groups, c.Size, c.Size), weights);
        var packed = PackedConvolution.Pack(kernels, weightTensor, bias, c.Groups, inputStride, c.Dilation == 1);
        using var step = new ConvolutionStep(kernels, input, output, residual, packed, c.Window, Activation.Clamp(0, 6));
        using var memory = new AlignedMemory(input.Layout.Length + residual.Layout.Length + output.Layout.Length);
        using var workspace = new Workspace(3, 0);
        workspace.Origins[0] = memory.Pointer + input.Layout.Origin;
        workspace.Origins[1] = memory.Pointer + input.Layout.Length + residual.Layout.Origin;
        workspace.Origins[2] = memory.Pointer + input.Layout.Length + residual.Layout.Length + output.Layout.Origin;
        MapCopy.FromNhwc(input.Layout, image, workspace.Origins[0], 0, c.Height);
        MapCopy.FromNhwc(residual.Layout, added, workspace.Origins[1], 0, c.OutputHeight);
        for (int part = 0; part < parts; part++)
        {
            step.RunPart(workspace, c.OutputHeight, part, parts);
        }

        float[] result = new float[c.OutputHeight * c.OutputWidth * c.Outputs];
        MapCopy.ToNchw(output.Layout, workspace.Origins[2], result);
        return result;
    }

    private static float[] Randoms(Random random, int count)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (random.NextSingle() * 2) - 1;
        }

        return values;
    }
}
