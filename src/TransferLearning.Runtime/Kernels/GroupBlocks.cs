using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Kernels;

/// <summary>
/// The blocks of a grouped convolution: as many neighboring groups as fill whole vectors of output channels together; all groups where no
/// smaller number does.
/// </summary>
/// <param name="Outputs">The output channels of a block.</param>
/// <param name="Inputs">The input channels of a block.</param>
/// <param name="IsAligned">Whether the outputs of a block fill whole vectors.</param>
internal readonly record struct GroupBlocks(int Outputs, int Inputs, bool IsAligned)
{
    /// <summary>The blocks for weights [output channels, input channels of a group, ...].</summary>
    public static GroupBlocks Of(KernelSet kernels, Shape weights, int groups)
    {
        int groupOutputs = weights[0] / groups, joined = 1;
        while (joined < groups && (groups % joined != 0 || joined * groupOutputs % kernels.Lanes != 0))
        {
            joined++;
        }

        return new GroupBlocks(joined * groupOutputs, joined * weights[1], joined * groupOutputs % kernels.Lanes == 0);
    }
}
