namespace TransferLearning.Runtime.Kernels;

/// <summary>The element-wise operations of two operands.</summary>
internal enum BinaryOperation
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Minimum,
    Maximum,
}
