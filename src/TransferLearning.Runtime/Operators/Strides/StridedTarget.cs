using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Strides;

/// <summary>Elements of a buffer: those at <paramref name="Start"/> + sum(index[axis] * strides[axis]).</summary>
/// <param name="Buffer">The buffer.</param>
/// <param name="Start">The position of the first element.</param>
/// <param name="Strides">The distance between neighbors along each axis.</param>
internal readonly record struct StridedTarget(TensorBuffer Buffer, int Start, int[] Strides);
