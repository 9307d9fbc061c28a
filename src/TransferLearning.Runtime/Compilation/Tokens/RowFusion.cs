using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Compilation.Tokens;

/// <summary>What a step on rows of channels computes after fusion.</summary>
/// <param name="Name">The value that it computes.</param>
/// <param name="Form">The form of that value.</param>
/// <param name="Affine">What is folded into weights and bias.</param>
/// <param name="Residual">What is added; null for nothing.</param>
/// <param name="Activation">What is applied last.</param>
internal sealed record RowFusion(string Name, RowForm Form, RowAffine Affine, Value? Residual, Activation Activation);
