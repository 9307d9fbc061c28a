namespace TransferLearning.Runtime.Training.Maps;

/// <summary>Work that is compiled for each activation function.</summary>
internal interface IActivationKernel
{
    void Run<TFunction>()
        where TFunction : struct, IActivationFunction;
}
