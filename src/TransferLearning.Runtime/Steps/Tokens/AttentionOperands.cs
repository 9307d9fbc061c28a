namespace TransferLearning.Runtime.Steps.Tokens;

/// <summary>What attention reads and writes; the matrices of each have the same numbers.</summary>
/// <param name="Queries">[queries, d].</param>
/// <param name="Keys">[d, keys].</param>
/// <param name="Values">[keys, e].</param>
/// <param name="Output">[queries, e].</param>
internal sealed record AttentionOperands(MatrixBatch Queries, MatrixBatch Keys, MatrixBatch Values, MatrixBatch Output);
